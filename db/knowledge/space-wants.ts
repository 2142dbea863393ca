import { sql } from 'kysely';
import type { Trx } from '../connect.ts';

/**
 * Asks the space to read every file of its branch again; nothing happens where it was ended. A reading that goes on
 * already, of whatever files, is not taken for it.
 */
export async function wantReread(trx: Trx, spaceId: string): Promise<void> {
  await trx
    .updateTable('spaces')
    .set({ rereadWanted: true, generation: sql<number>`generation + 1` })
    .where('id', '=', spaceId)
    .where('endedAt', 'is', null)
    .execute();
}

/** Has the space's index files looked at again; nothing happens where it was ended. */
export async function wantIndexChecked(trx: Trx, spaceId: string): Promise<void> {
  await trx
    .updateTable('spaces')
    .set({ indexedSha: null })
    .where('id', '=', spaceId)
    .where('endedAt', 'is', null)
    .execute();
}
