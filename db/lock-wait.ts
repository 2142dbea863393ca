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

/**
 * SQLSTATEs of a transaction that others were in the way of: lock_not_available, deadlock_detected, serialization_failure
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
const contention: ReadonlySet<unknown> = new Set(['55P03', '40P01', '40001']);

/** Whether a transaction failed only because others were in its way: nothing was changed, and it may work the next time. */
export function isContention(error: unknown): boolean {
  return error instanceof Error && 'code' in error && contention.has(error.code);
}
