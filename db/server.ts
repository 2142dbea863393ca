import { sql } from 'kysely';
import type { Db } from './connect.ts';

/** Asks the database for nothing; rejects where it does not answer. */
export async function ping(db: Db): Promise<void> {
  await sql`SELECT 1`.execute(db);
}

/** The server's version as a number, such as 160004 for PostgreSQL 16.4; rejects where it does not answer. */
export async function readServerVersion(db: Db): Promise<number> {
  const { rows } = await sql<{ number: string }>`
    SELECT current_setting('server_version_num') AS number`.execute(db);
  return Number(rows[0]?.number);
}
