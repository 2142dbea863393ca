import type { BucketTime } from '../../../parts/charts/measure.ts';
import type { Health } from './health-queries.ts';

/** How the beginning of a bucket is said. Days begin at midnight UTC, so they are named as there; hours are the viewer's. */
export function bucketTime(period: Health['period']): BucketTime {
  const zone = period === 'month' ? { timeZone: 'UTC' } : {};
  const day = { day: 'numeric', month: 'short' } as const;
  const hour = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const long = new Intl.DateTimeFormat('en', {
    ...zone,
    ...day,
    ...(period === 'month' ? {} : { weekday: 'short', ...hour }),
  });
  const short = new Intl.DateTimeFormat('en', { ...zone, ...(period === 'day' ? hour : day) });
  return {
    long: (from) => long.format(new Date(from)),
    short: (from) => short.format(new Date(from)),
  };
}
