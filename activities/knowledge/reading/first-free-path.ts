import type { Trx } from '../../../db/connect.ts';
import { listTakenBeside } from '../../../db/knowledge/entry-paths.ts';
import { freePath } from '../../../knowledge/entries/free-path.ts';

/** The path, or a variant of it, that no entry of the space has and whose key (`pathKey`) is not `taken`. */
export async function firstFreePath(
  trx: Trx,
  spaceId: string,
  path: string,
  taken: Pick<ReadonlySet<string>, 'has'>,
): Promise<string> {
  const ofEntries = await listTakenBeside(trx, spaceId, [path]);
  return freePath(path, { has: (key) => taken.has(key) || ofEntries.has(key) });
}
