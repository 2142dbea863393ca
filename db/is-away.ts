/** What Node says of a server that is not there, or that went away. */
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
 * What PostgreSQL says when it stops, starts, is full, or is a replica now (SQLSTATE: class 08, and
 * https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
const states = /^(08...|53300|57P0[1-3]|25006)$/;

/** `pg` gives these no code. */
const words =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered)/;

/** Whether a query failed because the database cannot be had just now, rather than for what it asked. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return network.has(code) || states.test(code) || words.test(error.message);
}
