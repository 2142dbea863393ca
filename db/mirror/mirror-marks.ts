import { sql, type ExpressionBuilder } from 'kysely';
import type { CommitReason } from '../../model/streams/commit.ts';
import { ChangedMeanwhile } from '../../model/streams/errors.ts';
import type { MirrorEnding } from '../../model/mirror/branches.ts';
import { mirrorStream, type MirrorKey } from '../../model/mirror/ids.ts';
import type { RenderWarning, ReplacedSecret } from '../../model/platform/tree.ts';
import { findLastWaitingBatch } from '../streams/batches.ts';
import type { Db, Trx } from '../connect.ts';
import type { Mirror } from './mirrors.ts';
import type { Database } from '../schema/database.ts';
import { jsonb } from '../storable.ts';
import { hasWaitingChanges, markAlreadyDelivered, listWaitingChanges } from './waiting-changes.ts';

/** The mirror's rendered state, place or policy changed while work on it went on. */
export function mirrorChanged({ projectId, branchId }: MirrorKey): ChangedMeanwhile {
  return new ChangedMeanwhile(`The mirror of project ${projectId}, branch ${branchId},`);
}

/**
 * Takes the mirror's row lock, which orders everything that changes its rendered state. Throws
 * `ChangedMeanwhile` where the row is not of the generation that the work began with.
 */
export async function lockMirror(trx: Trx, key: MirrorKey, generation: number): Promise<Mirror> {
  const row = await trx
    .selectFrom('mirrors')
    .selectAll()
    .where(is(key))
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (row.generation === generation) return row;
  throw mirrorChanged(key);
}

/** Where no change waits after all, lets the next one ring again; answers whether that was so. */
export async function silenceDoorbell(db: Db, key: MirrorKey): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    // The row's lock first: a change that is being accepted is either counted here or rings itself.
    await trx.selectFrom('mirrors').select('rungAt').where(is(key)).forUpdate().execute();
    if (await hasWaitingChanges(trx, key)) return false;
    await trx.updateTable('mirrors').set({ rungAt: null }).where(is(key)).execute();
    return true;
  });
}

/** What a render found, for the status. */
export interface RenderFindings {
  replacedSecrets: ReplacedSecret[];
  warnings: RenderWarning[];
}

/**
 * Notes that a window's changes were taken: the doorbell may ring again, and whoever read the snapshot
 * or the rendered state before has to read them again.
 */
export async function noteWindow(
  trx: Trx,
  key: MirrorKey,
  { replacedSecrets, warnings }: RenderFindings,
): Promise<void> {
  await trx
    .updateTable('mirrors')
    .set((eb) => ({
      rungAt: null,
      generation: eb('generation', '+', 1),
      replacedSecrets: jsonb(replacedSecrets),
      warnings: jsonb(warnings),
    }))
    .where(is(key))
    .execute();
}

/** Notes the commit that holds everything delivered, unless the mirror was given another place meanwhile. */
export async function noteDelivered(
  trx: Trx,
  row: Mirror,
  { sha, at }: { sha: string; at: Date },
): Promise<void> {
  const { repositoryUrl, repositoryBranch, subdirectory } = row;
  await trx
    .updateTable('mirrors')
    .set({ deliveredSha: sha, deliveredAt: at })
    .where(is({ projectId: row.projectId, branchId: row.branchId }))
    .where((eb) => eb.and({ repositoryUrl, repositoryBranch, subdirectory }))
    .execute();
}

/**
 * Notes that the remote holds the whole rendering, at this commit (`null` where the mirror has
 * nothing to write). The next change's number is above `through`, which the tip may know better
 * than a restored database.
 */
export async function noteResynced(
  trx: Trx,
  key: MirrorKey,
  {
    sha,
    at,
    through,
    replacedSecrets,
    warnings,
  }: RenderFindings & { sha: string | null; at: Date; through: number },
): Promise<void> {
  await trx
    .updateTable('mirrors')
    .set((eb) => ({
      resyncReason: null,
      rungAt: null,
      deliveredSha: sha,
      deliveredAt: at,
      initializedAt: sql<Date>`coalesce(initialized_at, now())`,
      generation: eb('generation', '+', 1),
      lastSequence: sql<number>`greatest(last_sequence, ${through})`,
      replacedSecrets: jsonb(replacedSecrets),
      warnings: jsonb(warnings),
    }))
    .where(is(key))
    .execute();
}

/** Asks for a full render; one that was asked for already stays as it is. */
export async function wantResync(db: Db, key: MirrorKey, reason: CommitReason): Promise<void> {
  await db
    .updateTable('mirrors')
    .set({ resyncReason: sql<CommitReason>`coalesce(resync_reason, ${reason})` })
    .where(is(key))
    .execute();
}

/**
 * Notes that the mirror's branch is gone from the source, in the transaction that stores the batch which
 * says so; the first such note stays. From now on nothing is rendered for it, and what waits is the last.
 */
export async function markEnding(trx: Trx, key: MirrorKey, ending: MirrorEnding): Promise<void> {
  await trx
    .updateTable('mirrors')
    .set((eb) => ({
      ending: sql<string>`coalesce(ending, ${jsonb(ending)}::jsonb)`,
      rungAt: null,
      generation: eb('generation', '+', 1),
      updatedAt: sql<Date>`now()`,
    }))
    .where(is(key))
    .execute();
}

/**
 * Ends a mirror whose branch is gone, once no batch of it waits any more; answers whether it did. Changes
 * that came since count as delivered by its last commit, which says that the branch is history.
 */
export async function finishEnding(db: Db, key: MirrorKey): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('mirrors')
      .selectAll()
      .where(is(key))
      .forUpdate()
      .executeTakeFirst();
    if (row?.ending == null || row.endedAt !== null) return false;
    if ((await findLastWaitingBatch(trx, mirrorStream(key))) !== null) return false;
    const left = (await listWaitingChanges(trx, key)).map(({ sequence }) => sequence);
    await markAlreadyDelivered(trx, key, left, { sha: row.deliveredSha, at: new Date() });
    await trx
      .updateTable('mirrors')
      .set({
        endedAt: sql<Date>`now()`,
        endedBecause: row.ending.kind,
        resyncReason: null,
        rungAt: null,
        updatedAt: sql<Date>`now()`,
      })
      .where(is(key))
      .execute();
    return true;
  });
}

function is({ projectId, branchId }: MirrorKey) {
  return (eb: ExpressionBuilder<Database, 'mirrors'>) => eb.and({ projectId, branchId });
}
