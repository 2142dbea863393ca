/** How long to wait before trying again, in milliseconds. */
export interface Backoff {
  /** The first wait. Each further one may be twice as long. */
  base: number;
  /** The longest wait, whatever the platform asks for. */
  max: number;
}

/**
 * The wait before the next attempt: what the platform asked for (`Retry-After`, in seconds or as a date; RFC
 * 9110, 10.2.3), or otherwise a random part of an exponentially growing time, so that many clients do not
 * return at the same moment. `failures` counts from 1.
 */
export function retryDelay(
  { base, max }: Backoff,
  failures: number,
  retryAfter: string | null,
  now: number,
): number {
  const asked = retryAfter === null ? null : parseRetryAfter(retryAfter, now);
  if (asked !== null) return Math.min(asked, max);
  const ceiling = Math.min(base * 2 ** (failures - 1), max);
  return ceiling / 2 + Math.random() * (ceiling / 2);
}

/** The milliseconds that a `Retry-After` header asks for; `null` if it is not valid. */
export function parseRetryAfter(header: string, now: number): number | null {
  const text = header.trim();
  if (/^[0-9]+$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
