import { sql } from 'kysely';
import type { Trx } from '../connect.ts';
import { removeGhosts } from './entry-writes.ts';

/**
 * Forgets what a first reading of a branch took over before it was lost, where the branch is no more: its entries are
 * nowhere. What was saved of them meanwhile goes on waiting, on top of nothing. The transaction holds the space's lock.
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
