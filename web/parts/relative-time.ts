const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const exact = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'long' });
const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

/** A clock that is read every ten seconds may be that much behind. */
const tick = 10_000;
const minute = 60_000;
const hour = 60 * minute;

/** A time in words, such as "3 minutes ago" or "in 2 hours"; a date when it is far away. `now` in milliseconds. */
export function relativeTime(at: Date, now: number): string {
  const difference = at.getTime() - now;
  const distance = Math.abs(difference);
  if (distance < 45_000) return difference > tick ? 'in a moment' : 'just now';
  if (distance < 45 * minute) return relative.format(Math.round(difference / minute), 'minute');
  if (distance < 22 * hour) return relative.format(Math.round(difference / hour), 'hour');
  if (distance < 26 * 24 * hour)
    return relative.format(Math.round(difference / (24 * hour)), 'day');
  return day.format(at);
}

/** The exact time, in the viewer's zone. */
export function exactTime(at: Date): string {
  return exact.format(at);
}
