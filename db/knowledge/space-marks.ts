import { sql } from 'kysely';
import type { Db, Trx } from '../connect.ts';
import { ChangedMeanwhile } from '../../model/streams/errors.ts';
import type { Kind } from '../../model/knowledge/entry.ts';
import type { Space } from './spaces.ts';
import { jsonb } from '../storable.ts';

const nextGeneration = { generation: sql<number>`generation + 1` };

/** The space's row was changed, or the branch was read by somebody else, while work on it went on. */
export function spaceChanged(spaceId: string): ChangedMeanwhile {
  return new ChangedMeanwhile(`Space ${spaceId}`);
}

/**
 * Locks the space's row until the transaction ends: no save is accepted, and nobody else reads the branch into the
 * database meanwhile. Throws `ChangedMeanwhile` where it is not at this commit and generation any more, or
 * not active. Rows that only refer to the space's (history, logs) can be written by others meanwhile.
 */
export async function lockSpaceAt(trx: Trx, seen: Space): Promise<Space> {
  const row = await trx
    .selectFrom('spaces')
    .selectAll()
    .where('id', '=', seen.id)
    .where('endedAt', 'is', null)
    .where('pausedAt', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  // Whoever asked meanwhile for everything to be read does not get what was read before.
  if (
    row?.syncedSha !== seen.syncedSha ||
    row.generation !== seen.generation ||
    row.rereadWanted !== seen.rereadWanted
  )
    throw spaceChanged(seen.id);
  requireSamePlace(row, seen);
  return row;
}

/** Throws `ChangedMeanwhile` where the space is not where it was seen: what is read there is of another place. */
export function requireSamePlace(row: Space, seen: Space): void {
  for (const column of ['repositoryUrl', 'repositoryBranch', 'root', 'credentialId'] as const)
    if (row[column] !== seen[column]) throw spaceChanged(row.id);
}

/** What a reading of the branch found out of the space itself. */
export interface SpaceReading {
  sha: string;
  kinds: Kind[];
  problems: { path: string; message: string }[];
  /** Our newest commit on the branch; `null`: none that is known. */
  deliveredSha: string | null;
}

/**
 * Notes that a reading is being taken over in several steps, in the first of their transactions. Until it is noted as
 * synced, each reading compares all files (`everything`: reads them all). Its steps mark saves as delivered: that the
 * branch has to keep our newest commit is noted before them.
 */
export async function notePartlyRead(
  trx: Trx,
  row: Pick<Space, 'id' | 'deliveredSha'>,
  { kinds, problems, deliveredSha, everything }: SpaceReading & { everything: boolean },
): Promise<void> {
  await trx
    .updateTable('spaces')
    .set({
      partlyRead: true,
      kinds: jsonb(kinds),
      problems: jsonb(problems),
      ...(everything ? { rereadWanted: true } : {}),
      ...nextGeneration,
      ...deliveredColumns(row, deliveredSha),
    })
    .where('id', '=', row.id)
    .execute();
}

/** Notes that a step of a reading was taken over. */
export async function noteStep(trx: Trx, spaceId: string): Promise<void> {
  await trx.updateTable('spaces').set(nextGeneration).where('id', '=', spaceId).execute();
}

/** Notes up to where the branch was read, in the transaction that stores the last of it. */
export async function noteSynced(
  trx: Trx,
  row: Pick<Space, 'id' | 'deliveredSha'>,
  { sha, kinds, problems, deliveredSha }: SpaceReading,
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
      partlyRead: false,
      ...nextGeneration,
      ...deliveredColumns(row, deliveredSha),
    })
    .where('id', '=', row.id)
    .execute();
}

/** What changes where our newest commit on the branch is another one than before. */
function deliveredColumns(before: Pick<Space, 'deliveredSha'>, deliveredSha: string | null) {
  if (deliveredSha === before.deliveredSha) return {};
  return { deliveredSha, deliveredAt: deliveredSha === null ? null : sql<Date>`now()` };
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
