import { sql } from 'kysely';
import type { Db, Trx } from '../connect.ts';
import { ChangedMeanwhile } from '../../model/streams/errors.ts';
import type { Kind } from '../../model/knowledge/entry.ts';
import type { HeldRules, ReviewRule } from '../../model/knowledge/review-rules.ts';
import type { SpaceProblems } from '../../model/knowledge/space-problems.ts';
import type { Space } from './spaces.ts';
import { jsonb } from '../storable.ts';

const nextGeneration = { generation: sql<number>`generation + 1` };

/**
 * The error for a space whose row was changed, or whose branch someone else read, while work on it
 * was under way.
 */
export function spaceChanged(spaceId: string): ChangedMeanwhile {
  return new ChangedMeanwhile(`Space ${spaceId}`);
}

/**
 * Locks the space's row until the transaction ends: nobody can accept a save or store a reading of
 * the branch in the meantime. Throws `ChangedMeanwhile` if the space is no longer at this commit
 * and generation, or no longer active. Others can still write rows that only refer to the space
 * (history, logs).
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
  // Someone asked for everything to be read in the meantime, so what was read before is not enough.
  if (
    row?.syncedSha !== seen.syncedSha ||
    row.generation !== seen.generation ||
    row.rereadWanted !== seen.rereadWanted
  )
    throw spaceChanged(seen.id);
  requireSamePlace(row, seen);
  return row;
}

/**
 * Throws `ChangedMeanwhile` if the space has another place than when it was seen: what was read
 * there belongs to the other place.
 */
export function requireSamePlace(row: Space, seen: Space): void {
  for (const column of ['repositoryUrl', 'repositoryBranch', 'root', 'credentialId'] as const)
    if (row[column] !== seen[column]) throw spaceChanged(row.id);
}

/** What a reading of the branch found out about the space itself. */
export interface SpaceReading {
  sha: string;
  kinds: Kind[];
  problems: SpaceProblems;
  /** The digest of schema files that wait for an admin; `null`: none do. */
  heldKinds: string | null;
  /** The digest of schema files that an admin had accepted and that this reading applied. */
  acceptedKinds: string | null;
  /** The rules of review from the repository that are in force. */
  reviewRules: ReviewRule[];
  /** The rules that wait for an admin; `null`: none do. */
  heldRules: HeldRules | null;
  /** The digest of a rules file that had been accepted, if this reading used that up. */
  acceptedRules: string | null;
  /** Our newest commit on the branch; `null` if none is known. */
  deliveredSha: string | null;
}

/**
 * Marks the start of a reading that is stored in several steps; call it in the transaction of the
 * first step. Until the space is marked as synced, every reading compares all files (with
 * `everything`: reads them all). The steps mark saves as delivered, so it is stored before them
 * that the branch must keep our newest commit.
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

/** Records that a step of a reading was stored. */
export async function noteStep(trx: Trx, spaceId: string): Promise<void> {
  await trx.updateTable('spaces').set(nextGeneration).where('id', '=', spaceId).execute();
}

/** Records up to where the branch was read, in the transaction that stores the last part of it. */
export async function noteSynced(
  trx: Trx,
  row: Pick<Space, 'id' | 'deliveredSha'>,
  reading: SpaceReading,
): Promise<void> {
  const { sha, kinds, problems, deliveredSha } = reading;
  await trx
    .updateTable('spaces')
    .set({
      syncedSha: sha,
      syncedAt: sql<Date>`now()`,
      kinds: jsonb(kinds),
      problems: jsonb(problems),
      heldKinds: reading.heldKinds,
      // Files that were accepted in the meantime, or are not those that were read, wait on.
      acceptedKinds: sql<string | null>`nullif(accepted_kinds, ${reading.acceptedKinds})`,
      reviewRules: jsonb(reading.reviewRules),
      heldRules: reading.heldRules && jsonb(reading.heldRules),
      acceptedRules: sql<string | null>`nullif(accepted_rules, ${reading.acceptedRules})`,
      approvedAt: null,
      rereadWanted: false,
      partlyRead: false,
      ...nextGeneration,
      ...deliveredColumns(row, deliveredSha),
    })
    .where('id', '=', row.id)
    .execute();
}

/** The columns that change when our newest commit on the branch is a new one. */
function deliveredColumns(before: Pick<Space, 'deliveredSha'>, deliveredSha: string | null) {
  if (deliveredSha === before.deliveredSha) return {};
  return { deliveredSha, deliveredAt: deliveredSha === null ? null : sql<Date>`now()` };
}

/**
 * Records that the branch was looked at and had nothing new. An approval that was there when that began was not needed,
 * and must not count for what somebody does to the branch later.
 */
export async function noteLooked(
  db: Db,
  { id, approvedAt }: Pick<Space, 'id' | 'approvedAt'>,
): Promise<void> {
  await db
    .updateTable('spaces')
    .set({
      syncedAt: sql<Date>`now()`,
      // A date in JavaScript has no microseconds.
      approvedAt: sql<Date | null>`CASE WHEN date_trunc('milliseconds', approved_at) = ${approvedAt}::timestamptz
        THEN NULL ELSE approved_at END`,
    })
    .where('id', '=', id)
    .execute();
}

/** Records the commit whose index files are right. */
export async function noteIndexed(db: Db, spaceId: string, sha: string | null): Promise<void> {
  await db.updateTable('spaces').set({ indexedSha: sha }).where('id', '=', spaceId).execute();
}

/** Has later saves pushed to a branch that the host protected, to see whether it still does. */
export async function forgetProtection(db: Db, spaceId: string): Promise<void> {
  await db
    .updateTable('spaces')
    .set({ protectedAt: null })
    .where('id', '=', spaceId)
    .where('protectedAt', 'is not', null)
    .execute();
}
