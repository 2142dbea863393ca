import { expect, it } from 'vitest';
import { expiresAt, tokenState } from '../../../web/pages/access/tokens/token-state.ts';

const now = Date.parse('2026-11-28T12:00:00Z');

it.each([
  [null, null, 'working'],
  [null, '2026-11-28T12:00:01Z', 'working'],
  [null, '2026-11-28T12:00:00Z', 'expired'],
  ['2026-11-01T00:00:00Z', '2027-11-28T12:00:00Z', 'revoked'],
  ['2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z', 'revoked'],
])('a token that was revoked at %s and expires at %s is %s', (revokedAt, expires, state) => {
  expect(tokenState({ revokedAt, expiresAt: expires }, now)).toBe(state);
});

it.each([
  ['month', '2026-12-28T12:00:00.000Z'],
  ['quarter', '2027-02-26T12:00:00.000Z'],
  ['year', '2027-11-28T12:00:00.000Z'],
  ['never', null],
] as const)('a token for a %s expires at %s', (expiry, at) => {
  expect(expiresAt(expiry, '', now)).toBe(at);
});

it('a token works to the end of its last day, wherever it was made', () => {
  const at = expiresAt('day', '2027-01-31', now);
  expect(at).toBe(new Date(2027, 0, 31, 23, 59, 59).toISOString());
});
