import { expect, it } from 'vitest';
import { backlogs, healthBuckets, successShare } from '../../../model/mirror/health.ts';

const now = new Date('2026-03-10T13:20:30.500Z');

it.each([
  ['day', 24, '2026-03-09T14:00:00.000Z', '2026-03-10T13:00:00.000Z'],
  ['week', 28, '2026-03-03T18:00:00.000Z', '2026-03-10T12:00:00.000Z'],
  ['month', 30, '2026-02-09T00:00:00.000Z', '2026-03-10T00:00:00.000Z'],
] as const)('a %s is %d buckets without gaps up to the present', (period, count, first, last) => {
  const buckets = healthBuckets(period, now);
  expect(buckets).toHaveLength(count);
  expect(buckets[0]?.from.toISOString()).toBe(first);
  expect(buckets.at(-1)?.from.toISOString()).toBe(last);
  for (const [at, { to }] of buckets.slice(0, -1).entries())
    expect(to).toEqual(buckets[at + 1]?.from);
  expect(buckets.at(-1)?.to).toEqual(new Date(now.getTime() + 1));
});

it('begins a new bucket with the hour', () => {
  const hour = new Date('2026-03-10T13:00:00.000Z');
  expect(healthBuckets('day', hour).at(-1)?.from).toEqual(hour);
});

it('counts a change at the end of each bucket at which it waited', () => {
  const waits = [
    { from: 0, until: 2, changes: 3 },
    { from: 1, until: 4, changes: 1 },
    { from: 2, until: 2, changes: 9 },
  ];
  expect(backlogs(4, waits)).toEqual([3, 4, 1, 1]);
  expect(backlogs(2, [])).toEqual([0, 0]);
});

it.each([
  [0, 0, null],
  [3, 1, 0.75],
  [0, 2, 0],
  [5, 0, 1],
])(
  'of %d commits and %d failed attempts, the share that succeeded is %s',
  (commits, failed, share) => expect(successShare(commits, failed)).toBe(share),
);
