import { sql, type Selectable } from 'kysely';
import type { Db, Trx } from '../connect.ts';
import type { ItemOutcome } from '../../model/knowledge/operation.ts';
import type { OperationItemsTable } from '../schema/knowledge.ts';
import { jsonb, storableText } from '../storable.ts';
import { isHeldEntry } from './waiting-saves.ts';

/** A stored item. */
export type OperationItem = Selectable<OperationItemsTable>;

/** An item to process or, if it has an outcome, one that is already done. */
export interface NewItem {
  name: string;
  /** Where it is in a table. */
  place?: string;
  /** Text that PostgreSQL can keep, or `null`. */
  content: string | null;
  outcome?: ItemOutcome;
  entryId?: string;
  message?: string;
}

/** The outcome of an item. */
export interface DoneItem {
  ordinal: number;
  outcome: ItemOutcome;
  entryId: string | null;
  /** What is wrong and what to do about it; `null` if nothing is wrong. */
  message: string | null;
}

/** Items written by one statement. With their contents they stay well below PostgreSQL's limits. */
const itemsAStatement = 1_000;

/** Adds items to an operation, in order. Pass the transaction of the work that they describe. */
export async function insertItems(
  trx: Db,
  operationId: string,
  items: readonly NewItem[],
): Promise<void> {
  const { present } = await trx
    .selectFrom('operationItems')
    .select(({ fn }) => fn.countAll<number>().as('present'))
    .where('operationId', '=', operationId)
    .executeTakeFirstOrThrow();
  for (let start = 0; start < items.length; start += itemsAStatement) {
    const some = items.slice(start, start + itemsAStatement);
    await sql`
      INSERT INTO operation_items (operation_id, ordinal, name, place, content, outcome, entry_id, message)
      SELECT ${operationId}, * FROM unnest(
        ${some.map((_, index) => present + start + index + 1)}::integer[],
        ${some.map(({ name }) => storableText(name))}::text[],
        ${some.map(({ place }) => place ?? null)}::text[],
        ${some.map(({ content }) => content)}::text[],
        ${some.map(({ outcome }) => outcome ?? null)}::text[],
        ${some.map(({ entryId }) => entryId ?? null)}::text[],
        ${some.map(({ message }) => (message === undefined ? null : storableText(message)))}::text[]
      )`.execute(trx);
  }
  await countItems(trx, operationId);
}

/**
 * Replaces an operation's items with these (each has an outcome), and adds `others`, which nobody
 * needs to look at, to its counts. Safe to repeat.
 */
export async function replaceItems(
  trx: Trx,
  operationId: string,
  items: readonly NewItem[],
  others: Partial<Record<ItemOutcome, number>>,
): Promise<void> {
  await trx.deleteFrom('operationItems').where('operationId', '=', operationId).execute();
  await insertItems(trx, operationId, items);
  const count = Object.values(others).reduce((sum, number) => sum + number, 0);
  await sql`
    UPDATE operations
    SET total = total + ${count}, done = done + ${count}, counts = counts || ${jsonb(others)}::jsonb
    WHERE id = ${operationId}`.execute(trx);
}

/**
 * Lists the first items that have no outcome yet, in order: at most so many, and so many bytes of
 * content, but at least one.
 */
export async function listUndoneItems(
  db: Db,
  operationId: string,
  most: { items: number; bytes: number },
): Promise<OperationItem[]> {
  return db
    .with('undone', (part) =>
      part
        .selectFrom('operationItems')
        .select([
          'ordinal',
          sql<number>`coalesce(sum(octet_length(content)) OVER (
            ORDER BY ordinal ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)`.as('before'),
        ])
        .where('operationId', '=', operationId)
        .where('outcome', 'is', null)
        .orderBy('ordinal')
        .limit(most.items),
    )
    .selectFrom('undone')
    .innerJoin('operationItems', 'operationItems.ordinal', 'undone.ordinal')
    .selectAll('operationItems')
    .where('operationItems.operationId', '=', operationId)
    .where('undone.before', '<', most.bytes)
    .orderBy('operationItems.ordinal')
    .execute();
}

/**
 * Stores the outcomes of items, drops their contents and updates the counts. Pass the transaction
 * of the work that was done.
 */
export async function noteDone(
  trx: Db,
  operationId: string,
  done: readonly DoneItem[],
): Promise<void> {
  await sql`
    UPDATE operation_items i
    SET outcome = d.outcome, entry_id = d.entry_id, message = d.message, content = NULL
    FROM unnest(
      ${done.map(({ ordinal }) => ordinal)}::integer[],
      ${done.map(({ outcome }) => outcome)}::text[],
      ${done.map(({ entryId }) => (entryId === null ? null : storableText(entryId)))}::text[],
      ${done.map(({ message }) => (message === null ? null : storableText(message)))}::text[]
    ) AS d (ordinal, outcome, entry_id, message)
    WHERE i.operation_id = ${operationId} AND i.ordinal = d.ordinal`.execute(trx);
  await countItems(trx, operationId);
}

/** Lists which entry each processed item became: entry id → item name. */
export async function listEntriesOfItems(
  db: Db,
  operationId: string,
): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('operationItems')
    .select(['entryId', 'name'])
    .where('operationId', '=', operationId)
    .where('entryId', 'is not', null)
    .where('outcome', '!=', 'failed')
    .execute();
  return new Map(rows.flatMap(({ entryId: id, name }) => (id === null ? [] : [[id, name]])));
}

/**
 * Marks the items whose saves clashed with changes from Git, and names the conflict. Safe to
 * repeat.
 */
export async function noteConflicts(trx: Trx, operationId: string): Promise<void> {
  await sql`
    UPDATE operation_items i
    SET outcome = 'conflict',
      message = 'It clashes with a change that came from Git: settle the conflict ' || s.conflict_id || '.'
    FROM saves s
    WHERE i.operation_id = ${operationId} AND s.operation_id = ${operationId}
      AND s.state = 'conflict' AND i.entry_id = s.entry_id
      AND i.outcome IN ('created', 'changed')`.execute(trx);
  await countItems(trx, operationId);
}

/**
 * Marks the items whose saves are held, and says why. Safe to repeat.
 */
export async function noteHeldItems(trx: Trx, operationId: string): Promise<void> {
  await sql`
    UPDATE operation_items i
    SET outcome = 'failed',
      message = 'It is stored, but it is not sent for now. ' || (e.failure->>'message')
    FROM saves s JOIN entries e ON e.space_id = s.space_id AND e.id = s.entry_id
    WHERE i.operation_id = ${operationId} AND s.operation_id = ${operationId}
      AND s.state = 'waiting' AND i.entry_id = s.entry_id AND ${isHeldEntry}
      AND i.outcome IN ('created', 'changed')`.execute(trx);
  await countItems(trx, operationId);
}

/** Counts the operation's waiting saves that can be sent as soon as possible: those that are not held. */
export async function countSendableSavesOf(db: Db, operationId: string): Promise<number> {
  const { rows } = await sql<{ sendable: number }>`
    SELECT count(*) AS sendable
    FROM saves s LEFT JOIN entries e ON e.space_id = s.space_id AND e.id = s.entry_id
    WHERE s.operation_id = ${operationId} AND s.state = 'waiting'
      AND ${isHeldEntry} IS NOT TRUE`.execute(db);
  return rows[0]?.sendable ?? 0;
}

/** Lists items in order: those with one of these outcomes, or all. */
export async function listItems(
  db: Db,
  operationId: string,
  {
    outcomes,
    after,
    limit,
  }: { outcomes: readonly ItemOutcome[] | null; after: number | null; limit: number },
): Promise<OperationItem[]> {
  let query = db
    .selectFrom('operationItems')
    .selectAll()
    .where('operationId', '=', operationId)
    .orderBy('ordinal')
    .limit(limit);
  if (outcomes !== null) query = query.where('outcome', 'in', outcomes);
  if (after !== null) query = query.where('ordinal', '>', after);
  return query.execute();
}

/** Counts the operation's saves that are still waiting to be sent. */
export async function countWaitingSavesOf(db: Db, operationId: string): Promise<number> {
  const { waiting } = await db
    .selectFrom('saves')
    .select(({ fn }) => fn.countAll<number>().as('waiting'))
    .where('operationId', '=', operationId)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow();
  return waiting;
}

async function countItems(db: Db, operationId: string): Promise<void> {
  await sql`
    UPDATE operations o
    SET total = c.total, done = c.done, counts = c.counts, updated_at = now()
    FROM (
      SELECT coalesce(sum(n), 0) AS total,
        coalesce(sum(n) FILTER (WHERE outcome IS NOT NULL), 0) AS done,
        coalesce(jsonb_object_agg(outcome, n) FILTER (WHERE outcome IS NOT NULL), '{}') AS counts
      FROM (
        SELECT outcome, count(*) AS n FROM operation_items
        WHERE operation_id = ${operationId} GROUP BY outcome) g
    ) c
    WHERE o.id = ${operationId}`.execute(db);
}
