import { sql } from 'kysely';
import type { RemovedKind } from '../../model/housekeeping/run.ts';
import type { Db } from '../connect.ts';
import type { Portion, PortionInput } from './portion.ts';
import { removals } from './removals.ts';

/**
 * Removes the next portion of old rows of a kind, in a transaction of its own. It gives up on a lock after a second, and on a
 * statement after 20 s: both are errors that leave everything as it was.
 */
export async function removeOld(
  db: Db,
  kind: RemovedKind,
  portion: PortionInput,
): Promise<Portion> {
  return db.transaction().execute(async (trx) => {
    await sql`
      SELECT set_config('lock_timeout', '1s', true), set_config('statement_timeout', '20s', true),
        -- What was not removed after a crash is removed later, so nobody has to wait for the disk.
        set_config('synchronous_commit', 'off', true)`.execute(trx);
    return removals[kind](trx, portion);
  });
}

/** SQLSTATEs of statements that took too long, or that others were in the way of: a smaller portion may work. */
const tooMuch: ReadonlySet<unknown> = new Set(['57014', '55P03', '40P01', '40001']);

/** Whether a portion failed only because it was too large for now. */
export function isTooMuch(error: unknown): boolean {
  return error instanceof Error && 'code' in error && tooMuch.has(error.code);
}
