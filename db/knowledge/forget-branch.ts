import { sql } from 'kysely';
import { spaceStream } from '../../model/knowledge/ids.ts';
import type { Trx } from '../connect.ts';
import { endOutages } from '../streams/outages.ts';

/**
 * Makes a space start again from whatever its branch holds: it has another place, or a person
 * allowed us to create the branch again.
 */
export async function forgetBranch(trx: Trx, spaceId: string): Promise<void> {
  await trx
    .updateTable('spaces')
    .set({
      syncedSha: null,
      deliveredSha: null,
      indexedSha: null,
      rereadWanted: true,
      generation: sql<number>`generation + 1`,
    })
    .where('id', '=', spaceId)
    .execute();
  // What was delivered there is not lost because another branch lacks it.
  await trx
    .updateTable('saves')
    .set({ commitSha: null })
    .where('spaceId', '=', spaceId)
    .where('state', '=', 'delivered')
    .execute();
  await endOutages(trx, spaceStream(spaceId));
}
