import { sql } from 'kysely';
import type { Trx } from '../connect.ts';

/**
 * Asks for every file of the space's branch to be read again; does nothing if the space was ended.
 * A reading that is already under way does not count as this one.
 */
export async function wantReread(trx: Trx, spaceId: string): Promise<void> {
  await trx
    .updateTable('spaces')
    .set({ rereadWanted: true, generation: sql<number>`generation + 1` })
    .where('id', '=', spaceId)
    .where('endedAt', 'is', null)
    .execute();
}

/**
 * Accepts the schema files that wait for an admin: when they are read again, what they ask for is in
 * force. Returns whether they are still those that wait in the space.
 */
export async function acceptHeldKinds(
  trx: Trx,
  spaceId: string,
  heldKinds: string,
): Promise<boolean> {
  const row = await trx
    .updateTable('spaces')
    .set({
      acceptedKinds: heldKinds,
      rereadWanted: true,
      generation: sql<number>`generation + 1`,
    })
    .where('id', '=', spaceId)
    .where('endedAt', 'is', null)
    .where('heldKinds', '=', heldKinds)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Accepts a rules file by its digest (`rulesDigest`): when a reading finds just this file on the branch, its rules are
 * in force, also if they are weaker. For files that an admin saw, or that came through a review which satisfied the
 * rules in force; it may be called before or after they are on the branch. Does nothing if the space was ended.
 */
export async function acceptRules(trx: Trx, spaceId: string, digest: string): Promise<void> {
  await trx
    .updateTable('spaces')
    .set({ acceptedRules: digest, generation: sql<number>`generation + 1` })
    .where('id', '=', spaceId)
    .where('endedAt', 'is', null)
    .execute();
}

/**
 * Accepts the rules that wait for an admin, like {@link acceptRules}. Returns whether they are still those that wait.
 */
export async function acceptHeldRules(trx: Trx, spaceId: string, digest: string): Promise<boolean> {
  const row = await trx
    .selectFrom('spaces')
    .select('heldRules')
    .where('id', '=', spaceId)
    .where('endedAt', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (row?.heldRules?.digest !== digest) return false;
  await acceptRules(trx, spaceId, digest);
  return true;
}

/** Asks for the space's index files to be checked again; does nothing if the space was ended. */
export async function wantIndexChecked(trx: Trx, spaceId: string): Promise<void> {
  await trx
    .updateTable('spaces')
    .set({ indexedSha: null })
    .where('id', '=', spaceId)
    .where('endedAt', 'is', null)
    .execute();
}
