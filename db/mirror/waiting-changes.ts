import { sql } from 'kysely';
import type { Db, Trx } from '../connect.ts';
import type { WaitingChange } from '../../model/mirror/events.ts';
import { mirrorStream, type MirrorKey } from '../../model/mirror/ids.ts';
import type { StreamId } from '../../model/streams/ids.ts';

/** Lists the mirror's changes that no batch has taken, in order. */
export async function listWaitingChanges(db: Db, key: MirrorKey): Promise<WaitingChange[]> {
  const rows = await undelivered(db, key).where('batchId', 'is', null).execute();
  return rows.map((row) => toWaitingChange(key, row));
}

/** Whether any change is waiting that no batch has taken. */
export async function hasWaitingChanges(db: Db, key: MirrorKey): Promise<boolean> {
  const row = await undelivered(db, key).where('batchId', 'is', null).limit(1).executeTakeFirst();
  return row !== undefined;
}

/** Those of these streams of a project of which something waits: a change that was not delivered, or a batch. */
export async function findBusy(
  db: Db,
  projectId: string,
  streams: readonly StreamId[],
): Promise<Set<StreamId>> {
  if (streams.length === 0) return new Set();
  const changes = await db
    .selectFrom('changeEvents')
    .select('branchId')
    .distinct()
    .where('projectId', '=', projectId)
    .where('deliveredAt', 'is', null)
    .execute();
  const batches = await db
    .selectFrom('batches')
    .select('stream')
    .distinct()
    .where('stream', 'in', streams)
    .where('state', '=', 'waiting')
    .execute();
  const withChanges = changes.map(({ branchId }) => mirrorStream({ projectId, branchId }));
  return new Set([...withChanges, ...batches.map(({ stream }) => stream)]);
}

/**
 * Lists the mirror's changes whose commit has not been read back yet, in order. This includes those
 * of waiting batches, except the batches in `sent`.
 */
export async function listUndeliveredChanges(
  db: Db,
  key: MirrorKey,
  sent: ReadonlySet<string> = new Set(),
): Promise<WaitingChange[]> {
  const rows = await undelivered(db, key).execute();
  return rows
    .filter(({ batchId }) => batchId === null || !sent.has(batchId))
    .map((row) => toWaitingChange(key, row));
}

function undelivered(db: Db, key: MirrorKey) {
  return db
    .selectFrom('changeEvents')
    .select(['sequence', 'type', 'componentId', 'configId', 'versionIdentifier', 'version'])
    .select(['author', 'occurredAt', 'receivedAt', 'description', 'batchId'])
    .where('projectId', '=', key.projectId)
    .where('branchId', '=', key.branchId)
    .where('deliveredAt', 'is', null)
    .orderBy('sequence');
}

type ChangeRow = Awaited<ReturnType<ReturnType<typeof undelivered>['execute']>>[number];

/** Converts a row of `change_events` to the model's type. */
export function toWaitingChange(key: MirrorKey, row: Omit<ChangeRow, 'batchId'>): WaitingChange {
  return {
    ...key,
    sequence: row.sequence,
    type: row.type,
    componentId: row.componentId === '' ? null : row.componentId,
    configId: row.configId,
    versionIdentifier: row.versionIdentifier,
    version: row.version,
    author: row.author,
    occurredAt: row.occurredAt.toISOString(),
    receivedAt: row.receivedAt.toISOString(),
    description: row.description,
  };
}

/** Assigns changes to a batch; they are delivered together with it. */
export async function assignToBatch(
  trx: Trx,
  key: MirrorKey,
  sequences: readonly number[],
  batchId: string,
): Promise<void> {
  if (sequences.length === 0) return;
  await trx
    .updateTable('changeEvents')
    .set({ batchId })
    .where('projectId', '=', key.projectId)
    .where('branchId', '=', key.branchId)
    .where(isOneOf(sequences))
    .execute();
}

/**
 * Marks changes as delivered whose result is already in an earlier commit (`sha`; `null` if there
 * is none).
 */
export async function markAlreadyDelivered(
  trx: Trx,
  key: MirrorKey,
  sequences: readonly number[],
  { sha, at }: { sha: string | null; at: Date },
): Promise<void> {
  if (sequences.length === 0) return;
  await trx
    .updateTable('changeEvents')
    .set({ commitSha: sha, deliveredAt: at })
    .where('projectId', '=', key.projectId)
    .where('branchId', '=', key.branchId)
    .where(isOneOf(sequences))
    .execute();
}

/**
 * One parameter for all of them: a statement allows 65,535 parameters, and more changes than that
 * may be waiting.
 */
function isOneOf(sequences: readonly number[]) {
  return sql<boolean>`sequence = ANY (${sequences}::bigint[])`;
}

/** Counts what is waiting for a mirror. */
export async function countWaiting(
  db: Db,
  key: MirrorKey,
): Promise<{ pendingChanges: number; undeliveredChanges: number; waitingBatches: number }> {
  const changes = await db
    .selectFrom('changeEvents')
    .select(({ fn }) => [
      fn.countAll<number>().filterWhere('batchId', 'is', null).as('pending'),
      fn.countAll<number>().as('undelivered'),
    ])
    .where('projectId', '=', key.projectId)
    .where('branchId', '=', key.branchId)
    .where('deliveredAt', 'is', null)
    .executeTakeFirstOrThrow();
  const batches = await db
    .selectFrom('batches')
    .select(({ fn }) => fn.countAll<number>().as('waiting'))
    .where('stream', '=', mirrorStream(key))
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow();
  return {
    pendingChanges: changes.pending,
    undeliveredChanges: changes.undelivered,
    waitingBatches: batches.waiting,
  };
}
