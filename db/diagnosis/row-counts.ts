import { sql } from 'kysely';
import type { Db } from '../connect.ts';

/** Counting goes no further: a number above it would take seconds to find out. */
export const mostCounted = 1_000_000;

/** The rows of each of our tables by its name, counted up to {@link mostCounted}. */
export async function countRows(db: Db): Promise<Record<string, number>> {
  const { rows: tables } = await sql<{ name: string }>`
    SELECT relname AS name FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
    ORDER BY relname`.execute(db);
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const { rows } = await sql<{ count: number }>`
      SELECT count(*)::int AS count FROM (SELECT FROM ${sql.table(name)} LIMIT ${mostCounted}) AS counted`.execute(
      db,
    );
    counts[name] = rows[0]?.count ?? 0;
  }
  return counts;
}
