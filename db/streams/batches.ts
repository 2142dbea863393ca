import { sql, type ExpressionBuilder } from 'kysely';
import type { CommitReason } from '../../model/streams/commit.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import type { Db, Trx } from '../connect.ts';
import type { BatchMessage } from '../schema/streams.ts';
import type { Database } from '../schema/database.ts';
import type { Sealer } from '../sealing.ts';
import { jsonb } from '../storable.ts';

/**
 * A file that a batch writes (`content`) or removes (both `null`). The path is relative to the
 * mirror's place.
 */
export interface BatchFile {
  path: string;
  blobId: string | null;
  content: Uint8Array | null;
}

/** A batch that is waiting to be delivered. */
export interface WaitingBatch {
  id: string;
  reason: CommitReason;
  through: number;
  message: BatchMessage;
  authoredAt: Date;
  files: BatchFile[];
}

/** The input of {@link insertBatch}. */
export interface NewBatch {
  id: string;
  stream: StreamId;
  windowKey: string;
  reason: CommitReason;
  through: number;
  message: BatchMessage;
  authoredAt: Date;
  windowOpenedAt: string | null;
  windowClosedAt: string;
  /** How many values in plain text the files leave out; none if it is not said. */
  redactions?: number;
  /** The trace of its window, as `traceparent`. */
  traceparent?: string | null;
  /** The kind of its changes; `none` if it is not said. */
  eventType?: string;
  files: readonly BatchFile[];
}

// PostgreSQL allows 65,535 parameters in a statement; a file has four.
const FILES_A_STATEMENT = 2_000;

/**
 * Stores a batch after the stream's others, with its bytes sealed. The caller has locked the
 * stream's row.
 */
export async function insertBatch(trx: Trx, sealer: Sealer, batch: NewBatch): Promise<void> {
  await insertBatchHead(trx, batch);
  for (let start = 0; start < batch.files.length; start += FILES_A_STATEMENT) {
    const rows = batch.files
      .slice(start, start + FILES_A_STATEMENT)
      .map(({ path, blobId, content }) => ({
        batchId: batch.id,
        path,
        blobId,
        content: content === null ? null : sealer.seal(content, fileContext(batch.id, path)),
      }));
    await trx.insertInto('batchFiles').values(rows).execute();
  }
}

/**
 * Like {@link insertBatch}, without files: those of a space are made from its saves when they are
 * sent.
 */
export async function insertBatchHead(trx: Trx, batch: Omit<NewBatch, 'files'>): Promise<void> {
  const { windowKey, windowOpenedAt, windowClosedAt } = batch;
  await trx
    .insertInto('batches')
    .values((eb) => ({
      ...columnsOf(eb, batch),
      windowKey,
      windowOpenedAt,
      windowClosedAt,
      state: 'waiting' as const,
    }))
    .execute();
}

/** The input of {@link insertDeliveredBatch}. */
export type DeliveredBatch = Omit<
  NewBatch,
  'windowKey' | 'windowOpenedAt' | 'windowClosedAt' | 'files'
> & {
  sha: string;
  at: Date;
};

/** Stores the batch of a full render: its commit is already on the remote, and it had no window. */
export async function insertDeliveredBatch(trx: Trx, batch: DeliveredBatch): Promise<void> {
  await trx
    .insertInto('batches')
    .values((eb) => ({
      ...columnsOf(eb, batch),
      windowKey: batch.id,
      windowClosedAt: batch.at,
      state: 'delivered' as const,
      commitSha: batch.sha,
      deliveredAt: batch.at,
    }))
    .execute();
}

/** The columns of every batch; puts it after the stream's others. */
function columnsOf(
  { selectFrom }: ExpressionBuilder<Database, 'batches'>,
  {
    id,
    stream,
    reason,
    through,
    message,
    authoredAt,
    redactions = 0,
    traceparent = null,
    eventType = 'none',
  }: Omit<NewBatch, 'windowKey' | 'windowOpenedAt' | 'windowClosedAt' | 'files'>,
) {
  const ordinal = selectFrom('batches')
    .where('stream', '=', stream)
    .select(({ eb, fn, val }) => eb(fn.coalesce(fn.max('ordinal'), val(0)), '+', 1).as('next'));
  return {
    ...{ id, stream, ordinal, reason, through, message: jsonb(message) },
    ...{ authoredAt, redactions, traceparent, eventType },
  };
}

/** Finds the batch that was already created for this window. */
export async function findBatchOfWindow(
  db: Db,
  stream: StreamId,
  windowKey: string,
): Promise<{ id: string } | undefined> {
  return db
    .selectFrom('batches')
    .select('id')
    .where('stream', '=', stream)
    .where('windowKey', '=', windowKey)
    .executeTakeFirst();
}

/** Finds the newest waiting batch; `null` if there is none. */
export async function findLastWaitingBatch(db: Db, stream: StreamId): Promise<string | null> {
  const batch = await db
    .selectFrom('batches')
    .select('id')
    .where('stream', '=', stream)
    .where('state', '=', 'waiting')
    .orderBy('ordinal', 'desc')
    .executeTakeFirst();
  return batch?.id ?? null;
}

/** Lists the first of the waiting batches, oldest first, with their bytes. */
export async function listWaitingBatches(
  db: Db,
  sealer: Sealer,
  stream: StreamId,
  most = 1_000,
): Promise<WaitingBatch[]> {
  const batches = await db
    .selectFrom('batches')
    .select(['id', 'reason', 'through', 'message', 'authoredAt'])
    .where('stream', '=', stream)
    .where('state', '=', 'waiting')
    .orderBy('ordinal')
    .limit(most)
    .execute();
  if (batches.length === 0) return [];
  const files = await db
    .selectFrom('batchFiles')
    .select(['batchId', 'path', 'blobId', 'content'])
    .where(
      isOneOf(
        'batchId',
        batches.map(({ id }) => id),
      ),
    )
    .orderBy('path')
    .execute();
  return batches.map(({ id, reason, through, message, authoredAt }) => ({
    id,
    reason,
    through,
    message,
    authoredAt,
    files: files
      .filter(({ batchId }) => batchId === id)
      .map(({ path, blobId, content }) => ({
        path,
        blobId,
        content: content === null ? null : sealer.open(content, fileContext(id, path)),
      })),
  }));
}

/** Lists which of these ids are batches of the stream. An id that is not a UUID is not one. */
export async function listKnownBatchIds(
  db: Db,
  stream: StreamId,
  ids: readonly string[],
): Promise<Set<string>> {
  const valid = ids.filter((id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id));
  if (valid.length === 0) return new Set();
  const rows = await db
    .selectFrom('batches')
    .select('id')
    .where('stream', '=', stream)
    .where(isOneOf('id', valid))
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/**
 * Stores the messages of waiting batches' commits that were known only when the commits were built;
 * this happens before they are sent.
 */
export async function noteMessages(
  db: Db,
  batches: readonly { id: string; message: BatchMessage }[],
): Promise<void> {
  for (const { id, message } of batches) {
    const { author, coAuthors, subject, body } = message;
    await db
      .updateTable('batches')
      .set({ message: jsonb({ author, coAuthors, subject, body }) })
      .where('id', '=', id)
      .where('state', '=', 'waiting')
      .execute();
  }
}

/** A batch that was just marked as delivered. */
export interface MarkedBatch {
  /** `null` if nothing had to be written. */
  sha: string | null;
  eventType: string;
  windowClosedAt: Date;
  changes: { type: string; occurredAt: Date }[];
}

/**
 * Marks a waiting batch of the stream and its changes as delivered by this commit (`null` if the
 * branch has none and nothing had to be written), and deletes its bytes. A batch that is not
 * waiting, or is another stream's, stays as it is: the answer is `null`.
 */
export async function markBatchDelivered(
  trx: Trx,
  stream: StreamId,
  { batchId, sha, at }: { batchId: string; sha: string | null; at: Date },
): Promise<MarkedBatch | null> {
  const batch = await trx
    .updateTable('batches')
    .set({ state: 'delivered', commitSha: sha, deliveredAt: at })
    .where('id', '=', batchId)
    .where('stream', '=', stream)
    .where('state', '=', 'waiting')
    .returning(['eventType', 'windowClosedAt'])
    .executeTakeFirst();
  if (batch === undefined) return null;
  const changes = await trx
    .updateTable('changeEvents')
    .set({ commitSha: sha, deliveredAt: at })
    .where('batchId', '=', batchId)
    .returning(['type', 'occurredAt'])
    .execute();
  await trx.deleteFrom('batchFiles').where('batchId', '=', batchId).execute();
  return { ...batch, sha, changes };
}

/**
 * Gives up the waiting batches: their changes wait again, for the new render that replaces them.
 */
export async function supersedeWaitingBatches(trx: Trx, stream: StreamId): Promise<void> {
  const superseded = await trx
    .updateTable('batches')
    .set({ state: 'superseded' })
    .where('stream', '=', stream)
    .where('state', '=', 'waiting')
    .returning('id')
    .execute();
  const ids = superseded.map(({ id }) => id);
  if (ids.length === 0) return;
  await trx
    .updateTable('changeEvents')
    .set({ batchId: null })
    .where(isOneOf('batchId', ids))
    .execute();
  await trx.deleteFrom('batchFiles').where(isOneOf('batchId', ids)).execute();
}

/** One parameter for all of them, because a long outage leaves many batches. */
function isOneOf(column: 'id' | 'batchId', ids: readonly string[]) {
  return sql<boolean>`${sql.ref(column)} = ANY (${ids}::uuid[])`;
}

/** What the sealed bytes of a batch's file belong to. */
export function fileContext(batchId: string, path: string): string {
  return `batch-files/${batchId}/${path}`;
}
