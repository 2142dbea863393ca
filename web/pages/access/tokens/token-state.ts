/** Whether a token works; `now` in milliseconds. */
export type TokenState = 'working' | 'expired' | 'revoked';

/** What became of a token until now. */
export function tokenState(
  { revokedAt, expiresAt }: { revokedAt: string | null; expiresAt: string | null },
  now: number,
): TokenState {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && Date.parse(expiresAt) <= now ? 'expired' : 'working';
}

/** How long a new token works, as a form asks for it. */
export type Expiry = 'month' | 'quarter' | 'year' | 'never' | 'day';

const dayInMs = 24 * 60 * 60 * 1_000;

/** When a new token stops working, as a request says it; `null`: never. `day`: the last day, such as `2027-01-31`. */
export function expiresAt(expiry: Expiry, day: string, now: number): string | null {
  switch (expiry) {
    case 'never':
      return null;
    case 'day':
      return new Date(`${day}T23:59:59`).toISOString();
    case 'month':
      return new Date(now + 30 * dayInMs).toISOString();
    case 'quarter':
      return new Date(now + 90 * dayInMs).toISOString();
    case 'year':
      return new Date(now + 365 * dayInMs).toISOString();
  }
}
