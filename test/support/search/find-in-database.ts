import { sql } from 'kysely';
import type { Db } from '../../../db/connect.ts';

/** The columns of the whole database in which these bytes stand anywhere, as `table.column`; also sealed ones, which never show theirs. */
export async function findInDatabase(db: Db, text: string): Promise<string[]> {
  const { rows: columns } = await sql<{ table: string; column: string }>`
    SELECT c.table_name AS "table", c.column_name AS "column"
    FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
    ORDER BY 1, 2`.execute(db);
  const found: string[] = [];
  for (const { table, column } of columns) {
    const { rows } = await sql<{ found: boolean }>`
      SELECT EXISTS (
        SELECT FROM ${sql.table(table)} AS t
        WHERE position(convert_to(${text}, 'UTF8') IN
          CASE WHEN pg_typeof(t.${sql.ref(column)})::text = 'bytea' THEN decode(substr(t.${sql.ref(column)}::text, 3), 'hex')
          ELSE convert_to(t.${sql.ref(column)}::text, 'UTF8') END) > 0
      ) AS found`.execute(db);
    if (rows[0]?.found === true) found.push(`${table}.${column}`);
  }
  return found;
}
