import { expect, test } from 'vitest';
import { retryDelay } from '../../../platforms/keboola/source/retry-delay.ts';

const backoff = { base: 1_000, max: 60_000 };
const now = Date.UTC(2026, 2, 1, 12, 0, 0, 250);

test.each([
  ['a number of seconds', '7', 7_000],
  ['zero seconds', ' 0 ', 0],
  ['until a date', 'Sun, 01 Mar 2026 12:00:30 GMT', 29_750],
  ['until a date in the past', 'Sun, 01 Mar 2026 11:00:00 GMT', 0],
  ['more than our limit', '86400', 60_000],
])('waits as long as the platform asks, up to our limit: %s', (_what, retryAfter, expected) => {
  expect(retryDelay(backoff, 1, retryAfter, now)).toBe(expected);
});

test.each([null, '', 'soon'])(
  'may wait twice as long each time if the platform names no time (%j)',
  (none) => {
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
  },
);
