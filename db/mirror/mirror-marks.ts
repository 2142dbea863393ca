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

/**
 * The error for a mirror whose rendered state, place or policy changed while work on it was under
 * way.
 */
export function mirrorChanged({ projectId, branchId }: MirrorKey): ChangedMeanwhile {
  return new ChangedMeanwhile(`The mirror of project ${projectId}, branch ${branchId},`);
}

/**
 * Locks the mirror's row, which puts everything in order that changes its rendered state, or what
 * its changes are delivered with. Take it before any row of a batch.
 */
export async function lockMirror(trx: Trx, key: MirrorKey): Promise<Mirror> {
  return trx.selectFrom('mirrors').selectAll().where(is(key)).forUpdate().executeTakeFirstOrThrow();
}

/**
 * As {@link lockMirror}; throws `ChangedMeanwhile` if the mirror no longer has the generation that
 * the work started from.
 */
export async function lockGeneration(
  trx: Trx,
  key: MirrorKey,
  generation: number,
): Promise<Mirror> {
  const row = await lockMirror(trx, key);
  if (row.generation === generation) return row;
  throw mirrorChanged(key);
}

/** If no change is waiting after all, lets the next one ring again. Returns whether it did. */
export async function silenceDoorbell(db: Db, key: MirrorKey): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    // Locks the row first: a change that is being accepted is then either counted here, or rings
    // itself.
    await lockMirror(trx, key);
    if (await hasWaitingChanges(trx, key)) return false;
    await trx.updateTable('mirrors').set({ rungAt: null }).where(is(key)).execute();
    return true;
  });
}

/** What a render found, to show in the status. */
export interface RenderFindings {
  replacedSecrets: ReplacedSecret[];
  warnings: RenderWarning[];
}

/**
 * Records that a window's changes were taken. The doorbell may ring again, and anyone who read the
 * snapshot or the rendered state before must read it again.
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

/**
 * Records the commit that contains everything delivered, unless the mirror has been given another
 * place in the meantime.
 */
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

/** Records that the last delivered commit was found on this tip, which others have made. */
export async function noteCheckedTip(db: Db, row: Mirror, tip: string): Promise<void> {
  await db
    .updateTable('mirrors')
    .set({ checkedTip: tip })
    .where(is({ projectId: row.projectId, branchId: row.branchId }))
    // Nobody has delivered since, or given it another place.
    .where('deliveredSha', '=', row.deliveredSha)
    .execute();
}

/**
 * Records that the remote contains the whole rendering, at this commit (`null` if the mirror has
 * nothing to write). The next change gets a number above `through`: after the database was
 * restored, the tip may know a higher one.
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
    guardedAs,
  }: RenderFindings & { sha: string | null; at: Date; through: number; guardedAs: string },
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
      guardedAs,
      lastSequence: sql<number>`greatest(last_sequence, ${through})`,
      replacedSecrets: jsonb(replacedSecrets),
      warnings: jsonb(warnings),
    }))
    .where(is(key))
    .execute();
}

/** Asks for a full render; if one has already been asked for, its reason stays. */
export async function wantResync(db: Db, key: MirrorKey, reason: CommitReason): Promise<void> {
  await db
    .updateTable('mirrors')
    .set({ resyncReason: sql<CommitReason>`coalesce(resync_reason, ${reason})` })
    .where(is(key))
    .execute();
}

/**
 * Marks the mirror's branch as gone from the source, in the transaction that stores the batch which
 * says so; the first mark stays. From now on nothing is rendered for the mirror, and it only
 * delivers what is waiting.
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
 * Ends a mirror whose branch is gone, once none of its batches is waiting. Returns whether it did.
 * Changes that arrived since count as delivered by its last commit, which says that the branch no
 * longer exists.
 */
export async function finishEnding(db: Db, key: MirrorKey): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const row = await lockMirror(trx, key);
    if (row.ending === null || row.endedAt !== null) return false;
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
