import { sql, type RawBuilder } from 'kysely';

/**
 * Whether the entry of a row is of one of these kinds now, or does not exist any more. `alias` is
 * the row's table, with `space_id` and `entry_id`. What it was before is no reason to show it.
 */
export function entryIsOf(alias: string, kinds: readonly string[]): RawBuilder<boolean> {
  return entryIsOneOf(alias, sql`${kinds}::text[]`);
}

/** Like {@link entryIsOf}, with an expression of the type `text[]`. */
export function entryIsOneOf(alias: string, kinds: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`NOT EXISTS (
    SELECT FROM entries now
    WHERE now.space_id = ${sql.ref(`${alias}.space_id`)} AND now.id = ${sql.ref(`${alias}.entry_id`)}
      AND now.kind <> ALL (${kinds}))`;
}
