import { sql } from 'kysely';
import type { Db } from './connect.ts';

/** Sends the database a query without effect; rejects if it does not answer. */
export async function ping(db: Db): Promise<void> {
  await sql`SELECT 1`.execute(db);
}

/**
 * Reads the server's version as a number, such as 160004 for PostgreSQL 16.4; rejects if the server
 * does not answer.
 */
export async function readServerVersion(db: Db): Promise<number> {
  const { rows } = await sql<{ number: string }>`
    SELECT current_setting('server_version_num') AS number`.execute(db);
  return Number(rows[0]?.number);
}
