import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../../db/connect.ts';

/**
 * Copies the whole database as it is at one moment, while others work with it; the function that is returned puts it back,
 * as an operator does after a loss.
 */
export async function backUp(db: Db): Promise<() => Promise<void>> {
  const { rows: tables } = await sql<{ name: string; columns: string[] }>`
    SELECT table_name AS name, array_agg(column_name::text) AS columns
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND is_generated = 'NEVER'
    GROUP BY table_name`.execute(db);
  const { rows: sequences } = await sql<{ name: string; next: string; isUsed: boolean }>`
    SELECT quote_ident(sequencename) AS name, coalesce(last_value, start_value)::text AS next,
      last_value IS NOT NULL AS "isUsed"
    FROM pg_sequences WHERE schemaname = 'public'`.execute(db);
  const copy = `backup_${randomUUID().replaceAll('-', '')}`;
  const run = (statements: string[]) => sql.raw(statements.join(';\n')).execute(db);
  await run([
    'BEGIN ISOLATION LEVEL REPEATABLE READ',
    `CREATE SCHEMA ${copy}`,
    ...tables.map(({ name }) => `CREATE TABLE ${copy}.${name} AS TABLE public.${name}`),
    'COMMIT',
  ]);
  return async () => {
    await run([
      // One transaction, in which no trigger and no foreign key has a say.
      'BEGIN',
      'SET LOCAL session_replication_role = replica',
      `TRUNCATE ${tables.map(({ name }) => `public.${name}`).join(', ')}`,
      ...tables.map(({ name, columns }) => {
        const list = columns.map((column) => `"${column}"`).join(', ');
        return `INSERT INTO public.${name} (${list}) OVERRIDING SYSTEM VALUE SELECT ${list} FROM ${copy}.${name}`;
      }),
      ...sequences.map(
        ({ name, next, isUsed }) => `SELECT setval('public.${name}', ${next}, ${isUsed})`,
      ),
      `DROP SCHEMA ${copy} CASCADE`,
      'COMMIT',
    ]);
  };
}
