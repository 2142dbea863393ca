import type { Trx } from '../../../db/connect.ts';
import { isPathTaken } from '../../../db/knowledge/entries.ts';
import { freePath } from '../../../knowledge/entries/free-path.ts';

/** The path, or a variant of it, that no entry of the space has and that is not `taken`. */
export function firstFreePath(
  trx: Trx,
  spaceId: string,
  path: string,
  taken: Pick<ReadonlySet<string>, 'has'>,
): Promise<string> {
  return freePath(path, async (one) => taken.has(one) || (await isPathTaken(trx, spaceId, one)));
}
