import { sql } from 'kysely';
import { spaceStream } from '../../model/knowledge/ids.ts';
import type { Trx } from '../connect.ts';
import { endOutages } from '../streams/outages.ts';

/** Begins anew at what the branch holds: another place, or a branch that a person lets us make again. */
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
  await endOutages(trx, spaceStream(spaceId));
}
