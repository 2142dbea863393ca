import { sql } from 'kysely';
import type { Trx } from '../connect.ts';
import { removeGhosts } from './entry-writes.ts';

/**
 * Undoes a first reading that was not finished, because the branch no longer exists: the entries it
 * stored are nowhere. Saves of them that were accepted in the meantime keep waiting, based on
 * nothing. The transaction holds the space's lock.
 */
export async function forgetPartlyRead(trx: Trx, spaceId: string): Promise<void> {
  await trx
    .updateTable('entries')
    .set({ headBlob: null, headText: null })
    .where('spaceId', '=', spaceId)
    .where('waiting', '=', false)
    .execute();
  await trx
    .updateTable('entries')
    .set({ gitBlob: null, gitText: null })
    .where('spaceId', '=', spaceId)
    .execute();
  await removeGhosts(trx, spaceId);
  await trx
    .updateTable('spaces')
    .set({ partlyRead: false, generation: sql<number>`generation + 1` })
    .where('id', '=', spaceId)
    .execute();
}
