import type { Db } from '../../db/connect.ts';
import { readDays } from '../../db/telemetry/days.ts';
import { lastDays, type DayFigures } from '../../model/telemetry/recent-figures.ts';

/** How many days are told. */
const count = 28;

/** How long what was read of past days counts, in milliseconds. */
const hour = 3_600_000;

/**
 * Reads what was done on each of the last 28 days: all of them at first and then each hour, and in between only the last
 * two, since what is past hardly changes and takes long to read.
 */
export function readingDays(db: Db): () => Promise<DayFigures[]> {
  let known: DayFigures[] = [];
  let wholeAt = -Infinity;
  return async () => {
    const days = lastDays(count, new Date());
    const now = performance.now();
    const isWhole = now - wholeAt >= hour;
    const read = await readDays(db, isWhole ? days : days.slice(-2));
    if (isWhole) wholeAt = now;
    const byDay = new Map([...known, ...read].map((day) => [day.from.getTime(), day]));
    known = days.flatMap((day) => byDay.get(day.getTime()) ?? []);
    return known;
  };
}
