import type { Kind } from '../../model/knowledge/entry.ts';
import { pathKey } from '../../model/text/path-key.ts';
import { indexPath } from '../entries/index-file.ts';

/** The place of a kind's files below the space's root: its folder, or its one file. */
export function placeOf({ file, folder }: Kind): string {
  return file ?? folder;
}

/** Whether a path below the space's root is the kind's place, or inside it. */
export function isInPlace(kind: Kind, below: string): boolean {
  return kind.file === null ? `${below}/`.startsWith(`${kind.folder}/`) : below === kind.file;
}

/**
 * Whether both would have the same index file: it is named after the place, and two places can have the same name
 * there (`a/b`, `a-b`), also on systems that ignore case (`Skills`, `skills`).
 */
export function haveSameIndex(one: Kind, other: Kind): boolean {
  return pathKey(indexPath(one, '')) === pathKey(indexPath(other, ''));
}
