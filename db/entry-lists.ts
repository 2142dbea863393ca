import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { EntryFields, JsonValue, SyncStatus } from '../model/entry.ts';
import type { EntryRow } from './entries.ts';
import type { Database } from './schema.ts';
import { jsonb } from './storable.ts';

/** How a list is ordered: by a column, or by a field of the front matter (as text; entries without it come last). */
export interface EntryOrder {
  by: { column: 'title' | 'updated' | 'id' } | { field: string };
  descending: boolean;
}

/** Which entries a list holds. */
export interface EntryFilter {
  /** `null` is all. */
  kinds: readonly string[] | null;
  status: SyncStatus | null;
  /** Words that must be in the text; the last may be only the beginning of one. */
  words: readonly string[];
  /** Fields that must have one of the values, or a list that holds one. */
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
  EntryRow,
  | 'id'
  | 'kind'
  | 'path'
  | 'title'
  | 'problems'
  | 'head_blob'
  | 'commit_sha'
  | 'synced_at'
  | 'waiting'
  | 'conflicted'
  | 'failure'
  | 'updated_by'
  | 'updated_at'
> & {
  fields: EntryFields;
  /** What the list is ordered by, for the next page. */
  key: string;
};

/** Entries that have a head, in the order asked for; keyset-paged, so that what changes meanwhile skips nobody. */
export async function listEntries(
  db: Kysely<Database>,
  spaceId: string,
  page: EntriesPage,
): Promise<ListedEntry[]> {
  const key = keyOf(page.order);
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

/** What a list is ordered by; of a field that is absent, after all others. */
function keyOf({ by, descending }: EntryOrder): RawBuilder<unknown> {
  if ('field' in by)
    return sql`coalesce(fields ->> ${by.field}::text, ${descending ? '' : '\uffff'})`;
  return { title: sql`title`, updated: sql`updated_at`, id: sql`id` }[by.column];
}

function isAfter(
  { key: last, id }: { key: string; id: string },
  { by, descending }: EntryOrder,
  key: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const value =
    'column' in by && by.column === 'updated' ? sql`${last}::timestamptz` : sql`${last}::text`;
  return descending
    ? sql`(${key}, id) < (${value}, ${id}::text)`
    : sql`(${key}, id) > (${value}, ${id}::text)`;
}

function conditionsOf({ kinds, status, words, fields }: EntryFilter): RawBuilder<unknown>[] {
  const last = words.at(-1);
  return [
    ...(kinds === null ? [] : [sql`kind = ANY (${kinds}::text[])`]),
    ...(status === null ? [] : [statusCondition(status)]),
    // The words are letters and digits alone, so none of them is an operator.
    ...(last === undefined
      ? []
      : [sql`search @@ to_tsquery('simple', ${[...words.slice(0, -1), `${last}:*`].join(' & ')})`]),
    ...fields.map(
      ({ field, values }) =>
        sql`(${sql.join(
          values.flatMap((value) => [
            sql`fields @> ${jsonb({ [field]: value })}::jsonb`,
            sql`fields @> ${jsonb({ [field]: [value] })}::jsonb`,
          ]),
          sql` OR `,
        )})`,
    ),
  ];
}

/** As `entrySyncStatus` (model/sync-status.ts) has it: the first that applies. */
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
    case 'in_review':
      // Reviews come with pull requests.
      return sql`false`;
  }
}
