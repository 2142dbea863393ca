import { sql, type Selectable } from 'kysely';
import type { Db, Trx } from '../connect.ts';
import { troubledOutcomes, type ItemOutcome } from '../../model/knowledge/operation.ts';
import type { OperationItemsTable } from '../schema/knowledge.ts';
import { jsonb, storableText } from '../storable.ts';

/** An item as stored. */
export type OperationItem = Selectable<OperationItemsTable>;

/** An item to be worked on, or (with an outcome) one that is done already. */
export interface NewItem {
  name: string;
  /** Text that PostgreSQL can keep, or `null`. */
  content: string | null;
  outcome?: ItemOutcome;
  entryId?: string;
  message?: string;
}

/** What became of an item. */
export interface DoneItem {
  ordinal: number;
  outcome: ItemOutcome;
  entryId: string | null;
  /** What is wrong, and what to do; `null` where nothing is. */
  message: string | null;
}

/** Items of one statement; with what they hold they stay well below what one may be. */
const itemsAStatement = 1_000;

/** Stores an operation's items, in order, after those that it has; give it the transaction of what they are for. */
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
      INSERT INTO operation_items (operation_id, ordinal, name, content, outcome, entry_id, message)
      SELECT ${operationId}, * FROM unnest(
        ${some.map((_, index) => present + start + index + 1)}::integer[],
        ${some.map(({ name }) => storableText(name))}::text[],
        ${some.map(({ content }) => content)}::text[],
        ${some.map(({ outcome }) => outcome ?? null)}::text[],
        ${some.map(({ entryId }) => entryId ?? null)}::text[],
        ${some.map(({ message }) => (message === undefined ? null : storableText(message)))}::text[]
      )`.execute(trx);
  }
  await countItems(trx, operationId);
}

/**
 * Gives an operation these items (each with its outcome) in place of those that it has, and counts them beside
 * `others`, which nobody has to look at; repeated, it comes to the same.
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

/** The items that nothing came of yet, in order. */
export async function listUndoneItems(
  db: Db,
  operationId: string,
  limit: number,
): Promise<OperationItem[]> {
  return db
    .selectFrom('operationItems')
    .selectAll()
    .where('operationId', '=', operationId)
    .where('outcome', 'is', null)
    .orderBy('ordinal')
    .limit(limit)
    .execute();
}

/** Notes what became of items, lets go of what they held, and counts; in the transaction of what was done. */
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

/** Which entry each item that is done was of: the item's name by the entry's id. */
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
 * Says of the items whose saves clashed with what came from Git that they did, with the conflict's id; repeated,
 * it finds the same.
 */
export async function noteConflicts(trx: Trx, operationId: string): Promise<void> {
  await sql`
    UPDATE operation_items i
    SET outcome = 'conflict',
      message = 'It clashes with what came from Git meanwhile: settle the conflict ' || s.conflict_id || '.'
    FROM saves s
    WHERE i.operation_id = ${operationId} AND s.operation_id = ${operationId}
      AND s.state = 'conflict' AND i.entry_id = s.entry_id
      AND i.outcome IN ('created', 'changed')`.execute(trx);
  await countItems(trx, operationId);
}

/** Items in order; only those that a person has to look at, where that is asked for. */
export async function listItems(
  db: Db,
  operationId: string,
  { troubled, after, limit }: { troubled: boolean; after: number | null; limit: number },
): Promise<OperationItem[]> {
  let query = db
    .selectFrom('operationItems')
    .selectAll()
    .where('operationId', '=', operationId)
    .orderBy('ordinal')
    .limit(limit);
  if (troubled) query = query.where('outcome', 'in', troubledOutcomes);
  if (after !== null) query = query.where('ordinal', '>', after);
  return query.execute();
}

/** How many of the operation's saves still wait to be sent. */
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
