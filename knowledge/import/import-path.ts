import type { Kind } from '../../model/knowledge/entry.ts';
import type { OperationSettings } from '../../model/knowledge/operation.ts';
import { BadItem } from './import-entry.ts';
import { kindOfPath } from '../kinds/kinds.ts';
import { isDeviceName } from '../../model/text/device-name.ts';

/** The maximum length of an entry's path, in bytes. */
const longestPath = 1_000;
/** The maximum length of the name of a file or folder in most file systems, in bytes. */
const longestName = 255;

/**
 * The kind of an item and the path of its file (`null` for any path). A file in the place of entries, below
 * the space's root, belongs to that kind and stays there. Other files get the kind of the import. Throws
 * {@link BadItem}.
 */
export function pathOfItem(
  {
    kinds,
    root,
    settings,
  }: { kinds: readonly Kind[]; root: string; settings: Omit<OperationSettings, 'update'> },
  name: string,
): { kind: Kind; path: string | null } {
  if (settings.items === 'texts') {
    const path = pathBelow(root, name);
    const kind = kindOfPath(kinds, root, path);
    if (kind !== null) {
      requireUsable(root, path);
      return { kind, path };
    }
  }
  if (settings.kind === null)
    throw new BadItem(
      'Its folder does not belong to a kind. Move it to the folder of a kind, or specify a kind for such files.',
    );
  const kind = kinds.find(({ name: known }) => known === settings.kind);
  if (kind === undefined) throw new BadItem(`There is no kind ${settings.kind} in this space.`);
  return { kind, path: null };
}

/**
 * Names that every file system accepts. `.git` is not among them: a push with such a name would be refused
 * every time.
 */
const safeName = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_.,()&'+@= -]*(?<![. ])$/u;

/** The name as a path relative to the repository's root. */
function pathBelow(root: string, name: string): string {
  const parts = name.split(/[\\/]/).filter((part) => part !== '' && part !== '.');
  const inner = parts.join('/');
  return root === '' || inner.startsWith(`${root}/`) ? inner : `${root}/${inner}`;
}

/** Throws {@link BadItem} for a path that some system cannot have. */
function requireUsable(root: string, path: string): void {
  const bad = path
    .slice(root === '' ? 0 : root.length + 1)
    .split('/')
    .find(
      (part) => !safeName.test(part) || isDeviceName(part) || Buffer.byteLength(part) > longestName,
    );
  if (bad !== undefined)
    throw new BadItem(
      `${JSON.stringify(bad.slice(0, 100))} cannot be the name of a file or folder on every system: use at most ${longestName} bytes ` +
        'of letters, digits, spaces and ".,()&\'+@=_-", no dot or space at its end, and no name of a device on Windows. Rename it.',
    );
  if (Buffer.byteLength(path) > longestPath)
    throw new BadItem(`Its path is longer than ${longestPath} bytes: give it a shorter name.`);
}
