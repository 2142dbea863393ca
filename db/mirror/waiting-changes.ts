import { sql, type Kysely, type Transaction } from 'kysely';
import type { WaitingChange } from '../../model/mirror/events.ts';
import { mirrorStream, type MirrorKey } from '../../model/mirror/ids.ts';
import type { Database } from '../schema/database.ts';

/** The mirror's changes that no batch has taken, in their order. */
export async function readWaitingChanges(
  db: Kysely<Database>,
  key: MirrorKey,
): Promise<WaitingChange[]> {
  const rows = await undelivered(db, key).where('batch_id', 'is', null).execute();
  return rows.map((row) => toWaitingChange(key, row));
}

/** Whether a change waits that no batch has taken. */
export async function changesWait(db: Kysely<Database>, key: MirrorKey): Promise<boolean> {
  const row = await undelivered(db, key).where('batch_id', 'is', null).limit(1).executeTakeFirst();
  return row !== undefined;
}

/**
 * The mirror's changes whose commit has not been read back, in their order: those of waiting batches
 * too, but for the batches of `sent`.
 */
export async function readUndeliveredChanges(
  db: Kysely<Database>,
  key: MirrorKey,
  sent: ReadonlySet<string> = new Set(),
): Promise<WaitingChange[]> {
  const rows = await undelivered(db, key).execute();
  return rows
    .filter(({ batch_id }) => batch_id === null || !sent.has(batch_id))
    .map((row) => toWaitingChange(key, row));
}

function undelivered(db: Kysely<Database>, key: MirrorKey) {
  return db
    .selectFrom('change_events')
    .select(['sequence', 'type', 'component_id', 'config_id', 'version_identifier', 'version'])
    .select(['author', 'occurred_at', 'received_at', 'description', 'batch_id'])
    .where('project_id', '=', key.projectId)
    .where('branch_id', '=', key.branchId)
    .where('delivered_at', 'is', null)
    .orderBy('sequence');
}

type ChangeRow = Awaited<ReturnType<ReturnType<typeof undelivered>['execute']>>[number];

/** A row of `change_events` as the model has it. */
export function toWaitingChange(key: MirrorKey, row: Omit<ChangeRow, 'batch_id'>): WaitingChange {
  return {
    ...key,
    sequence: row.sequence,
    type: row.type,
    componentId: row.component_id === '' ? null : row.component_id,
    configId: row.config_id,
    versionIdentifier: row.version_identifier,
    version: row.version,
    author: row.author,
    occurredAt: row.occurred_at.toISOString(),
    receivedAt: row.received_at.toISOString(),
    description: row.description,
  };
}

/** Gives changes to a batch; they are delivered when it is. */
export async function assignToBatch(
  trx: Transaction<Database>,
  key: MirrorKey,
  sequences: readonly number[],
  batchId: string,
): Promise<void> {
  if (sequences.length === 0) return;
  await trx
    .updateTable('change_events')
    .set({ batch_id: batchId })
    .where('project_id', '=', key.projectId)
    .where('branch_id', '=', key.branchId)
    .where(isOneOf(sequences))
    .execute();
}

/** Marks changes as delivered whose result an earlier commit holds already (`sha`; `null` where there is none). */
export async function markAlreadyDelivered(
  trx: Transaction<Database>,
  key: MirrorKey,
  sequences: readonly number[],
  { sha, at }: { sha: string | null; at: Date },
): Promise<void> {
  if (sequences.length === 0) return;
  await trx
    .updateTable('change_events')
    .set({ commit_sha: sha, delivered_at: at })
    .where('project_id', '=', key.projectId)
    .where('branch_id', '=', key.branchId)
    .where(isOneOf(sequences))
    .execute();
}

/** One parameter, however many they are: a statement takes 65,535, and more changes than that may wait. */
function isOneOf(sequences: readonly number[]) {
  return sql<boolean>`sequence = ANY (${sequences}::bigint[])`;
}

/** What waits of a mirror. */
export async function countWaiting(
  db: Kysely<Database>,
  key: MirrorKey,
): Promise<{ pendingChanges: number; undeliveredChanges: number; waitingBatches: number }> {
  const changes = await db
    .selectFrom('change_events')
    .select(({ fn }) => [
      fn.countAll<number>().filterWhere('batch_id', 'is', null).as('pending'),
      fn.countAll<number>().as('undelivered'),
    ])
    .where('project_id', '=', key.projectId)
    .where('branch_id', '=', key.branchId)
    .where('delivered_at', 'is', null)
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
