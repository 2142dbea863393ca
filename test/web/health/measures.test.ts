import { describe, expect, it } from 'vitest';
import { bucketTime } from '../../../web/pages/mirror/health/bucket-time.ts';
import type { Health } from '../../../web/pages/mirror/health/health-queries.ts';
import { isQuiet, measures, took } from '../../../web/pages/mirror/health/measures.ts';
import { healthSearch } from '../../../web/pages/mirror/mirror-search.ts';

const quiet = {
  ...{ changes: 0, p50: null, p95: null, commits: 0, failedAttempts: 0, success: null },
  ...{ redactions: 0, backlog: 0 },
};
const busy = {
  ...{ changes: 1_200, p50: 33_000, p95: 65_400, commits: 999, failedAttempts: 1 },
  ...{ success: 0.999, redactions: 1, backlog: 2 },
};

function health(...buckets: Health['total'][]): Health {
  const from = (at: number) => new Date(Date.UTC(2026, 2, 1, at)).toISOString();
  return {
    period: 'day',
    buckets: buckets.map((bucket, at) => ({ ...bucket, from: from(at) })),
    total: buckets.at(-1) ?? quiet,
  };
}

describe('the measures of health', () => {
  const sentences = (of: Health) => measures(of).map(({ title, summary }) => [title, summary]);

  it('sum up what happened', () => {
    expect(sentences(health(quiet, busy))).toEqual([
      ['Latency', 'P95 1 min 5 s; half within 33 s'],
      ['Success', '99.9 %: 1 of 1,000 attempts failed'],
      ['Backlog', '2 changes wait now; at most 2 waited'],
      ['Delivered', '1,200 changes in 999 commits'],
      ['Retries', '1 failed attempt'],
      ['Left out', '1 value left out'],
    ]);
  });

  it('sum up that nothing happened', () => {
    expect(sentences(health(quiet)).map(([, summary]) => summary)).toEqual([
      'No change was delivered.',
      'Nothing was attempted.',
      'Nothing waited for long',
      '0 changes in 0 commits',
      'No attempt failed',
      'No value was left out',
    ]);
    expect(isQuiet(health(quiet))).toBe(true);
    expect(isQuiet(health({ ...quiet, backlog: 1 }, quiet))).toBe(false);
    expect(isQuiet(health(busy))).toBe(false);
  });

  it('leave gaps where there is no value, and tell each bucket', () => {
    const [latency, success] = measures(health(quiet, busy));
    expect(latency?.series.map(({ values }) => values)).toEqual([
      [null, 65.4],
      [null, 33],
    ]);
    expect(success?.series.map(({ values }) => values)).toEqual([[null, 99.9]]);
    expect(latency?.say(0)).toBe('No change was delivered.');
    expect(latency?.say(1)).toBe('P95 1 min 5 s; half within 33 s');
    expect(latency?.say(2)).toBe('');
  });

  it('never round a share up to all of it', () => {
    const almost = { ...busy, success: 0.99996 };
    expect(measures(health(almost))[1]?.summary).toMatch(/^99\.9 %/);
  });
});

it.each([
  [0, '0 s'],
  [740, '0.7 s'],
  [9_960, '10.0 s'],
  [3_000, '3 s'],
  [12_400, '12 s'],
  [3_600_000, '1 h 0 min'],
])('says that %d ms took %s', (milliseconds, said) => {
  expect(took(milliseconds)).toBe(said);
});

it('names days as they are in UTC, wherever one is', () => {
  const { long, short } = bucketTime('month');
  expect([long('2026-03-01T00:00:00.000Z'), short('2026-03-01T00:00:00.000Z')]).toEqual([
    'Mar 1',
    'Mar 1',
  ]);
});

it('shows a day if the address does not say anything that makes sense', () => {
  expect(healthSearch({ period: 'week', other: 1 })).toEqual({ period: 'week' });
  expect(healthSearch({ period: 'day' })).toEqual({});
  expect(healthSearch({ period: ['month'] })).toEqual({});
});
