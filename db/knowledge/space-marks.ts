import { sql } from 'kysely';
import type { Db, Trx } from '../connect.ts';
import { spaceStream } from '../../model/knowledge/ids.ts';
import type { Kind } from '../../model/knowledge/entry.ts';
import { endOutages } from '../streams/outages.ts';
import type { Space } from './spaces.ts';
import { jsonb } from '../storable.ts';

/** The space's row was changed, or the branch was read by somebody else, since this work began. */
export class SpaceChangedMeanwhile extends Error {
  override readonly name = 'SpaceChangedMeanwhile';

  constructor(spaceId: string) {
    super(`Space ${spaceId} was changed while it was being read; the next attempt looks again.`);
  }
}

/** How many saves wait, and how many conflicts are open. */
export async function countWaitingSaves(
  db: Db,
  spaceId: string,
): Promise<{ waitingSaves: number; openConflicts: number }> {
  const { rows } = await sql<{ waitingSaves: number; openConflicts: number }>`
    SELECT
      (SELECT count(*) FROM saves WHERE space_id = ${spaceId} AND state = 'waiting') AS "waitingSaves",
      (SELECT count(*) FROM conflicts WHERE space_id = ${spaceId} AND settled IS NULL) AS "openConflicts"`.execute(
    db,
  );
  return rows[0] ?? { waitingSaves: 0, openConflicts: 0 };
}

/**
 * Locks the space's row until the transaction ends: no save is accepted, and nobody else reads the branch into the
 * database meanwhile. Throws {@link SpaceChangedMeanwhile} where it is not at this commit any more, or not active.
 */
export async function lockSpaceAt(trx: Trx, seen: Space): Promise<Space> {
  const row = await trx
    .selectFrom('spaces')
    .selectAll()
    .where('id', '=', seen.id)
    .where('endedAt', 'is', null)
    .where('pausedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  // Whoever asked meanwhile for everything to be read does not get what was read before.
  if (row?.syncedSha !== seen.syncedSha || row.rereadWanted !== seen.rereadWanted)
    throw new SpaceChangedMeanwhile(seen.id);
  requireSamePlace(row, seen);
  return row;
}

/** Throws {@link SpaceChangedMeanwhile} where the space is not where it was seen: what is read there is of another place. */
export function requireSamePlace(row: Space, seen: Space): void {
  for (const column of ['repositoryUrl', 'repositoryBranch', 'root', 'credentialId'] as const)
    if (row[column] !== seen[column]) throw new SpaceChangedMeanwhile(row.id);
}

/** What a reading of the branch found out of the space itself. */
export interface SpaceReading {
  /** `null`: the branch does not exist. */
  sha: string | null;
  kinds: Kind[];
  problems: { path: string; message: string }[];
  /** The newest of our own commits among those that were read; `null`: none. */
  ownSha: string | null;
}

/** Notes up to where the branch was read, in the transaction that stores what was. */
export async function noteSynced(
  trx: Trx,
  spaceId: string,
  { sha, kinds, problems, ownSha }: SpaceReading,
): Promise<void> {
  await trx
    .updateTable('spaces')
    .set({
      syncedSha: sha,
      syncedAt: sql<Date>`now()`,
      kinds: jsonb(kinds),
      problems: jsonb(problems),
      approvedAt: null,
      rereadWanted: false,
      ...(ownSha === null ? {} : { deliveredSha: ownSha, deliveredAt: sql<Date>`now()` }),
    })
    .where('id', '=', spaceId)
    .execute();
}

/** Notes that the branch was asked for and had nothing new. */
export async function noteLooked(db: Db, spaceId: string): Promise<void> {
  await db
    .updateTable('spaces')
    .set({ syncedAt: sql<Date>`now()` })
    .where('id', '=', spaceId)
    .execute();
}

/** Notes the commit whose index files are right. */
export async function noteIndexed(db: Db, spaceId: string, sha: string | null): Promise<void> {
  await db.updateTable('spaces').set({ indexedSha: sha }).where('id', '=', spaceId).execute();
}

/** Begins anew at what the branch holds: another place, or a branch that a person lets us make again. */
export async function forgetBranch(trx: Trx, spaceId: string): Promise<void> {
  await trx
    .updateTable('spaces')
    .set({ syncedSha: null, deliveredSha: null, indexedSha: null, rereadWanted: true })
    .where('id', '=', spaceId)
    .execute();
  await endOutages(trx, spaceStream(spaceId));
}
