/** Node's error codes for a server that is not there or has gone away. */
const network = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);

/**
 * PostgreSQL's SQLSTATEs for: it is stopping, starting, full, or now a replica (class 08, and
 * https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
const states = /^(08...|53300|57P0[1-3]|25006)$/;

/** Errors that `pg` gives no code. */
const words =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered)/;

/**
 * Whether a query failed because the database is unavailable, and not because of the query itself.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return network.has(code) || states.test(code) || words.test(error.message);
}
