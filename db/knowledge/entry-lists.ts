import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../connect.ts';
import type { EntryFields, JsonValue, SyncStatus } from '../../model/knowledge/entry.ts';
import { movingTo, type Entry } from './entries.ts';
import { jsonb } from '../storable.ts';

/**
 * How a list is ordered: by a column, or by a field of the front matter. Numbers sort by value;
 * entries without the field come last.
 */
export interface EntryOrder {
  by: { column: 'title' | 'updated' | 'id' } | { field: string };
  descending: boolean;
}

/** Which entries to list. */
export interface EntryFilter {
  /** `null` means all. */
  kinds: readonly string[] | null;
  status: SyncStatus | null;
  /**
   * Words and phrases that must be in the text, with or without accents; the last one matches as a
   * prefix. Each contains a letter or a digit.
   */
  words: readonly string[];
  /**
   * Fields that must have one of the values, or be a list that contains one. In `a.b`, `a` is an
   * object or a list of objects.
   */
  fields: readonly { field: string; values: readonly JsonValue[] }[];
}

/** A page of such a list. */
export interface EntriesPage extends EntryFilter {
  order: EntryOrder;
  /** The key and the id of the last entry of the previous page; `null` means the first page. */
  after: { key: string; id: string } | null;
  limit: number;
}

/** An entry without its text, for lists. */
export type ListedEntry = Pick<
  Entry,
  | 'id'
  | 'kind'
  | 'path'
  | 'movingTo'
  | 'title'
  | 'problems'
  | 'headBlob'
  | 'commitSha'
  | 'syncedAt'
  | 'waiting'
  | 'conflicted'
  | 'inReview'
  | 'failure'
  | 'updatedBy'
  | 'updatedAt'
> & {
  fields: EntryFields;
  /** What the list is ordered by; the next page needs it. */
  key: string;
};

/**
 * Lists entries that have a head or an open conflict, in the given order. Pages start after a key, so that changes
 * between two pages skip no entry.
 */
export async function listEntries(
  db: Db,
  spaceId: string,
  page: EntriesPage,
): Promise<ListedEntry[]> {
  const key = sortKey(page.order);
  const { descending } = page.order;
  const conditions = [
    sql`space_id = ${spaceId}`,
    sql`(head_blob IS NOT NULL OR conflicted)`,
    ...conditionsOf(page),
    ...(page.after === null ? [] : [isAfter(page.after, page.order, key)]),
  ];
  const direction = descending ? sql`DESC` : sql`ASC`;
  const { rows } = await sql<ListedEntry>`
    SELECT id, kind, path, ${movingTo} AS moving_to, title, fields, problems, head_blob, commit_sha, synced_at, waiting, conflicted, in_review, failure,
      updated_by, updated_at, ${key}::text AS key
    FROM entries
    WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY ${key} ${direction}, id ${direction}
    LIMIT ${page.limit}`.execute(db);
  return rows;
}

/** What a list is ordered by. Entries without the field come last in both directions. */
function sortKey({ by, descending }: EntryOrder): RawBuilder<unknown> {
  if ('column' in by)
    return { title: sql`title`, updated: sql`updated_at`, id: sql`id` }[by.column];
  const value = sql`coalesce(fields -> ${by.field}::text, 'null')`;
  return sql`jsonb_build_array(${value} ${descending ? sql`<>` : sql`=`} 'null', ${value})`;
}

/** Whether a text can be the key of such a list. PostgreSQL would refuse any other. */
export function isListKey({ by }: EntryOrder, key: string): boolean {
  if ('column' in by)
    return (
      by.column !== 'updated' ||
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d(?::\d\d)?$/.test(key)
    );
  try {
    JSON.parse(key);
    return true;
  } catch {
    return false;
  }
}

function isAfter(
  { key: last, id }: { key: string; id: string },
  { by, descending }: EntryOrder,
  key: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const type = 'field' in by ? sql`jsonb` : by.column === 'updated' ? sql`timestamptz` : sql`text`;
  const value = sql`${last}::${type}`;
  return descending
    ? sql`(${key}, id) < (${value}, ${id}::text)`
    : sql`(${key}, id) > (${value}, ${id}::text)`;
}

function conditionsOf({ kinds, status, words, fields }: EntryFilter): RawBuilder<unknown>[] {
  const last = words.at(-1);
  return [
    ...(kinds === null ? [] : [kindCondition(kinds)]),
    ...(status === null ? [] : [statusCondition(status)]),
    ...(last === undefined
      ? []
      : [sql`search @@ to_tsquery('unaccented', ${`${words.map(quoted).join(' & ')}:*`})`]),
    ...fields.map(
      ({ field, values }) =>
        sql`(${sql.join(
          values
            .flatMap((value) => shapesOf(field.split('.'), value))
            .map((shape) => sql`fields @> ${jsonb(shape)}::jsonb`),
          sql` OR `,
        )})`,
    ),
  ];
}

/** With a single kind, an index has the entries in the order of their titles. */
function kindCondition(kinds: readonly string[]): RawBuilder<unknown> {
  const [only] = kinds;
  return kinds.length === 1 && only !== undefined
    ? sql`kind = ${only}::text`
    : sql`kind = ANY (${kinds}::text[])`;
}

/**
 * Quotes a word for `to_tsquery`, which then splits it in the same way as the entries' texts;
 * nothing in it is an operator.
 */
function quoted(word: string): string {
  return `'${word.replace(/[\\']/g, '\\$&')}'`;
}

/** The shapes of objects that have the value under these names, each directly or in a list. */
function shapesOf([name, ...inner]: readonly string[], value: JsonValue): JsonValue[] {
  if (name === undefined) return [value];
  return shapesOf(inner, value).flatMap((shape) => [{ [name]: shape }, { [name]: [shape] }]);
}

/** Like `entrySyncStatus` (model/knowledge/sync-status.ts): the first status that applies. */
function statusCondition(status: SyncStatus): RawBuilder<unknown> {
  const healthy = sql`NOT conflicted AND failure IS NULL`;
  switch (status) {
    case 'conflict':
      return sql`conflicted`;
    case 'error':
      return sql`NOT conflicted AND failure IS NOT NULL`;
    case 'pending':
      return sql`${healthy} AND waiting`;
    case 'in_review':
      return sql`${healthy} AND NOT waiting AND in_review`;
    case 'invalid':
      return sql`${healthy} AND NOT waiting AND NOT in_review AND problems <> '[]'::jsonb`;
    case 'synced':
      return sql`${healthy} AND NOT waiting AND NOT in_review AND problems = '[]'::jsonb`;
  }
}
