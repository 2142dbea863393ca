import { expect, it } from 'vitest';
import { healthTable } from '../../../cli/commands/mirror/health-text.ts';

const quiet = {
  ...{ changes: 0, p50: null, p95: null, commits: 0, failedAttempts: 0, success: null },
  ...{ redactions: 0, backlog: 0 },
};
const busy = {
  ...{ changes: 12, p50: 33_040, p95: 41_000, commits: 1_999, failedAttempts: 1 },
  ...{ success: 0.9995, redactions: 3, backlog: 2 },
};

it('has a line for each time in which something happened, and one for all', () => {
  const buckets = [
    { from: '2026-03-01T10:00:00.000Z', ...quiet },
    { from: '2026-03-01T11:00:00.000Z', ...busy },
    { from: '2026-03-01T12:00:00.000Z', ...quiet, backlog: 1 },
  ];
  expect(healthTable({ period: 'day', buckets, total: busy })).toMatchInlineSnapshot(`
    "FROM                      COMMITS  CHANGES  P50     P95     SUCCESS  WAITING  FAILED  LEFT OUT
    2026-03-01T11:00:00.000Z  1999     12       33.0 s  41.0 s  99.9 %   2        1       3
    2026-03-01T12:00:00.000Z  0        0        -       -       -        1        0       0
    this day                  1999     12       33.0 s  41.0 s  99.9 %   2        1       3"
  `);
});

it('says so where nothing happened', () => {
  expect(healthTable({ period: 'month', buckets: [], total: quiet })).toBe(
    'Nothing happened in the last month.',
  );
});
