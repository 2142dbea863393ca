import { expect, test } from 'vitest';
import { retryDelay } from '../../../platforms/keboola/source/retry-delay.ts';

const backoff = { base: 1_000, max: 60_000 };
const now = Date.UTC(2026, 2, 1, 12, 0, 0, 250);

test.each([
  ['in seconds', '7', 7_000],
  ['in no seconds', ' 0 ', 0],
  ['to a date', 'Sun, 01 Mar 2026 12:00:30 GMT', 29_750],
  ['to a date that has passed', 'Sun, 01 Mar 2026 11:00:00 GMT', 0],
  ['in a day', '86400', 60_000],
])('the platform has what it asks for, up to our limit: %s', (_what, retryAfter, expected) => {
  expect(retryDelay(backoff, 1, retryAfter, now)).toBe(expected);
});

test.each([null, '', 'soon'])('without a time (%j), each wait may be twice as long', (none) => {
  for (const [failures, ceiling] of [
    [1, 1_000],
    [3, 4_000],
    [6, 32_000],
    [7, 60_000],
    [20, 60_000],
  ] as const) {
    const delay = retryDelay(backoff, failures, none, now);
    expect(delay).toBeGreaterThanOrEqual(ceiling / 2);
    expect(delay).toBeLessThanOrEqual(ceiling);
  }
});
