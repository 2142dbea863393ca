import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../connect.ts';
import type { EntryFields, JsonValue, SyncStatus } from '../../model/knowledge/entry.ts';
import type { Entry } from './entries.ts';
import { jsonb } from '../storable.ts';

/** How a list is ordered: by a column, or by a field of the front matter (numbers by their size; entries without it come last). */
export interface EntryOrder {
  by: { column: 'title' | 'updated' | 'id' } | { field: string };
  descending: boolean;
}

/** Which entries a list holds. */
export interface EntryFilter {
  /** `null` is all. */
  kinds: readonly string[] | null;
  status: SyncStatus | null;
  /** Words and phrases that must be in the text; the last may be only the beginning of one. Each has a letter or a digit. */
  words: readonly string[];
  /** Fields (`a.b`: one of objects, or of a list of them) that must have one of the values, or a list that holds one. */
  fields: readonly { field: string; values: readonly JsonValue[] }[];
}

/** A page of such a list. */
export interface EntriesPage extends EntryFilter {
  order: EntryOrder;
  /** The key and the id of the last entry of the page before; `null`: the beginning. */
  after: { key: string; id: string } | null;
  limit: number;
}

/** An entry as lists show it: without its text. */
export type ListedEntry = Pick<
  Entry,
  | 'id'
  | 'kind'
  | 'path'
  | 'title'
  | 'problems'
  | 'headBlob'
  | 'commitSha'
  | 'syncedAt'
  | 'waiting'
  | 'conflicted'
  | 'failure'
  | 'updatedBy'
  | 'updatedAt'
> & {
  fields: EntryFields;
  /** What the list is ordered by, for the next page. */
  key: string;
};

/** Entries that have a head, in the order asked for; keyset-paged, so that what changes meanwhile skips nobody. */
export async function listEntries(
  db: Db,
  spaceId: string,
  page: EntriesPage,
): Promise<ListedEntry[]> {
  const key = sortKey(page.order);
  const { descending } = page.order;
  const conditions = [
    sql`space_id = ${spaceId}`,
    sql`head_blob IS NOT NULL`,
    ...conditionsOf(page),
    ...(page.after === null ? [] : [isAfter(page.after, page.order, key)]),
  ];
  const direction = descending ? sql`DESC` : sql`ASC`;
  const { rows } = await sql<ListedEntry>`
    SELECT id, kind, path, title, fields, problems, head_blob, commit_sha, synced_at, waiting, conflicted, failure,
      updated_by, updated_at, ${key}::text AS key
    FROM entries
    WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY ${key} ${direction}, id ${direction}
    LIMIT ${page.limit}`.execute(db);
  return rows;
}

/** What a list is ordered by; a field that is absent comes after all others, whichever way. */
function sortKey({ by, descending }: EntryOrder): RawBuilder<unknown> {
  if ('column' in by)
    return { title: sql`title`, updated: sql`updated_at`, id: sql`id` }[by.column];
  const value = sql`coalesce(fields -> ${by.field}::text, 'null')`;
  return sql`jsonb_build_array(${value} ${descending ? sql`<>` : sql`=`} 'null', ${value})`;
}

/** Whether a text can be the key of such a list; what is none PostgreSQL would refuse. */
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
    ...(kinds === null ? [] : [sql`kind = ANY (${kinds}::text[])`]),
    ...(status === null ? [] : [statusCondition(status)]),
    ...(last === undefined
      ? []
      : [sql`search @@ to_tsquery('simple', ${`${words.map(quoted).join(' & ')}:*`})`]),
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

/** As `to_tsquery` reads a text that is taken apart as the entries' texts are: none of it is an operator. */
function quoted(word: string): string {
  return `'${word.replace(/[\\']/g, '\\$&')}'`;
}

/** What holds the value under these names, each directly or in a list. */
function shapesOf([name, ...inner]: readonly string[], value: JsonValue): JsonValue[] {
  if (name === undefined) return [value];
  return shapesOf(inner, value).flatMap((shape) => [{ [name]: shape }, { [name]: [shape] }]);
}

/** As `entrySyncStatus` (model/knowledge/sync-status.ts) has it: the first that applies. */
function statusCondition(status: SyncStatus): RawBuilder<unknown> {
  const healthy = sql`NOT conflicted AND failure IS NULL`;
  switch (status) {
    case 'conflict':
      return sql`conflicted`;
    case 'error':
      return sql`NOT conflicted AND failure IS NOT NULL`;
    case 'pending':
      return sql`${healthy} AND waiting`;
    case 'invalid':
      return sql`${healthy} AND NOT waiting AND problems <> '[]'::jsonb`;
    case 'synced':
      return sql`${healthy} AND NOT waiting AND problems = '[]'::jsonb`;
  }
}
