import type { Kind } from '../../model/knowledge/entry.ts';
import type { OperationSettings } from '../../model/knowledge/operation.ts';
import { BadItem } from './import-entry.ts';
import { kindOfPath } from '../kinds/kinds.ts';

/** The maximum length of an entry's path, in bytes. */
const longestPath = 1_000;

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
    const kind = path === null ? null : kindOfPath(kinds, root, path);
    if (kind !== null) return { kind, path };
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

/** The name as a path relative to the repository's root. `null` if it cannot be one. */
function pathBelow(root: string, name: string): string | null {
  const parts = name.split(/[\\/]/).filter((part) => part !== '' && part !== '.');
  const inner = parts.join('/');
  const path = root === '' || inner.startsWith(`${root}/`) ? inner : `${root}/${inner}`;
  const usable =
    parts.every((part) => safeName.test(part)) && Buffer.byteLength(path) <= longestPath;
  return usable ? path : null;
}
