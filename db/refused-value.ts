import { sql } from 'kysely';
import type { Trx } from './connect.ts';

/**
 * PostgreSQL's SQLSTATEs for values that it cannot store: class 22 (data exception, such as NUL in
 * a text) and class 54 (a limit of the program, such as a row that an index cannot hold). See
 * https://www.postgresql.org/docs/current/errcodes-appendix.html.
 */
const refused = /^(22|54)/;

/** Whether a statement failed because the database cannot store one of its values. */
export function isValueRefused(error: unknown): error is Error {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return typeof error.code === 'string' && refused.test(error.code);
}

/**
 * Does a part of a transaction. If the database refuses one of its values, that part is undone and
 * the transaction continues; any other error is thrown.
 */
export async function unlessRefused<T>(
  trx: Trx,
  work: () => Promise<T>,
): Promise<{ kind: 'stored'; result: T } | { kind: 'refused'; message: string }> {
  await sql`SAVEPOINT part`.execute(trx);
  try {
    const result = await work();
    await sql`RELEASE SAVEPOINT part`.execute(trx);
    return { kind: 'stored', result };
  } catch (error) {
    if (!isValueRefused(error)) throw error;
    await sql`ROLLBACK TO SAVEPOINT part`.execute(trx);
    return { kind: 'refused', message: error.message };
  }
}
