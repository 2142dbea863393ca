import { sql } from 'kysely';
import type { Trx } from './connect.ts';

/** How long a request waits for a row that somebody else has locked, in milliseconds. */
const patience = 5_000;

/**
 * Limits how long each statement of the rest of the transaction waits for a lock. Rows are locked
 * for about a second at most, so whoever waits longer should be told, and leave the connection to
 * others.
 */
export async function limitLockWait(trx: Trx): Promise<void> {
  await sql`SELECT set_config('lock_timeout', ${String(patience)}, true)`.execute(trx);
}

/** Whether a statement failed because it waited too long for a lock: nothing was changed. */
export function isLockTimeout(error: unknown): boolean {
  // https://www.postgresql.org/docs/current/errcodes-appendix.html: lock_not_available
  return error instanceof Error && 'code' in error && error.code === '55P03';
}
