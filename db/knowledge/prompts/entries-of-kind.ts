import type { Db } from '../../connect.ts';
import { entryColumns, movingTo, type Entry } from '../entries.ts';

/** Lists the entries of a kind that have a head, by id; at most `limit`. */
export async function listEntriesOfKind(
  db: Db,
  spaceId: string,
  kind: string,
  limit: number,
): Promise<Entry[]> {
  return db
    .selectFrom('entries')
    .select(entryColumns)
    .select(movingTo.as('movingTo'))
    .where('spaceId', '=', spaceId)
    .where('kind', '=', kind)
    .where('headBlob', 'is not', null)
    .orderBy('id')
    .limit(limit)
    .execute();
}
