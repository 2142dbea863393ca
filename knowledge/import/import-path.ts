import type { Kind } from '../../model/knowledge/entry.ts';
import type { OperationSettings } from '../../model/knowledge/operation.ts';
import { BadItem } from './import-entry.ts';
import { kindOfPath } from '../kinds/kinds.ts';

/** Longer ones are no entries. */
const longestPath = 1_000;

/**
 * The kind of an item, and where its file is to be (`null`: anywhere): a file that lies where entries are, below the
 * space's root, is of that kind and stays there; others are of the kind that the import was given. Throws {@link BadItem}.
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
      'Its folder is of no kind. Put it into the folder of one, or say which kind such files are.',
    );
  const kind = kinds.find(({ name: known }) => known === settings.kind);
  if (kind === undefined) throw new BadItem(`There is no kind ${settings.kind} in this space.`);
  return { kind, path: null };
}

/** A name that every file system takes, and none for `.git`: a push with another would be refused, again and again. */
const safeName = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_.,()&'+@= -]*(?<![. ])$/u;

/** The name as a path from the repository's root; `null` where it is none. */
function pathBelow(root: string, name: string): string | null {
  const parts = name.split(/[\\/]/).filter((part) => part !== '' && part !== '.');
  const inner = parts.join('/');
  const path = root === '' || inner.startsWith(`${root}/`) ? inner : `${root}/${inner}`;
  const usable =
    parts.every((part) => safeName.test(part)) && Buffer.byteLength(path) <= longestPath;
  return usable ? path : null;
}
