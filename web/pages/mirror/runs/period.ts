import type { Period } from '../mirror-search.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** When a night begins and ends, in hours of the viewer's clock. */
const night = { from: 18, to: 8 };

/** The times between which runs of a period ended, in ISO 8601; both are left out where there is no bound. */
export function timesOf(period: Period, now: Date): { from?: string; to?: string } {
  switch (period) {
    case 'all':
      return {};
    case 'day':
      return { from: new Date(now.getTime() - day).toISOString() };
    case 'week':
      return { from: new Date(now.getTime() - 7 * day).toISOString() };
    case 'night':
      return lastNight(now);
  }
}

/** The night that is now, or the one before. */
function lastNight(now: Date): { from: string; to: string } {
  const morning = new Date(now);
  morning.setHours(night.to, 0, 0, 0);
  // In the evening the next night has begun, but what people ask for is the one that was.
  const evening = new Date(morning);
  evening.setDate(evening.getDate() - 1);
  evening.setHours(night.from);
  return { from: evening.toISOString(), to: morning.toISOString() };
}
