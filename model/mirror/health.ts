/** How far back the health of a mirror is told. */
export type HealthPeriod = (typeof healthPeriods)[number];

export const healthPeriods = ['day', 'week', 'month'] as const;

/** From a time on, up to but not including another. */
export interface Span {
  from: Date;
  to: Date;
}

const hour = 60 * 60 * 1_000;

/** How long a bucket of each period is, in milliseconds, and how many there are. */
const divisions: Record<HealthPeriod, { length: number; count: number }> = {
  day: { length: hour, count: 24 },
  week: { length: 6 * hour, count: 28 },
  month: { length: 24 * hour, count: 30 },
};

/**
 * The buckets of a period, oldest first: whole hours, quarters of days or days in UTC. The last one has begun, and ends
 * right after `now`, so that nothing of the present is left out.
 */
export function healthBuckets(period: HealthPeriod, now: Date): Span[] {
  const { length, count } = divisions[period];
  const last = Math.floor(now.getTime() / length) * length;
  return Array.from({ length: count }, (_, at) => {
    const from = last - (count - 1 - at) * length;
    const to = at === count - 1 ? now.getTime() + 1 : from + length;
    return { from: new Date(from), to: new Date(to) };
  });
}

/** Changes that were received before the end of bucket `from`, and delivered after that of the one before `until`. */
export interface Wait {
  /** The first bucket at whose end they waited. */
  from: number;
  /** The first bucket at whose end they no longer waited. */
  until: number;
  changes: number;
}

/** How many changes waited at the end of each of so many buckets. */
export function backlogs(count: number, waits: readonly Wait[]): number[] {
  return Array.from({ length: count }, (_, at) =>
    waits.reduce(
      (sum, { from, until, changes }) => (from <= at && at < until ? sum + changes : sum),
      0,
    ),
  );
}

/** The share of attempts that succeeded, if each commit was one; `null` if there was none. */
export function successShare(commits: number, failedAttempts: number): number | null {
  const attempts = commits + failedAttempts;
  return attempts === 0 ? null : commits / attempts;
}
