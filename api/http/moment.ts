import { fieldProblem } from './problem.ts';
import { parseTime } from '../../model/text/time.ts';

/** A commit, or a time. */
export type Moment = { commit: string } | { at: Date };

const ago = /^(\d{1,3})([dwmy])$/;

/** The fewest digits that name a commit, as in git. */
export const fewestDigits = 4;

/**
 * Which moment of a history a caller means by `from`, `to`, `ref` or `at`: a commit (40 hex digits or, with
 * `digits`, at least that many of its first), a time (ISO 8601; a date by itself means its start in UTC), or
 * how long ago (`10d`, `1w`, `6m`, `1y`). Throws 422 for anything else; `pointer` names the field.
 */
export function momentOf(text: string, pointer: string, digits = 40): Moment {
  const [, count, unit] = ago.exec(text) ?? [];
  if (count !== undefined) return { at: before(new Date(), Number(count), unit ?? 'd') };
  if (/^[0-9a-f]{1,40}$/i.test(text) && text.length >= digits)
    return { commit: text.toLowerCase() };
  const at = parseTime(text);
  if (at === null)
    throw fieldProblem(
      pointer,
      `must be a commit (${digits === 40 ? '40' : `at least ${digits}`} hex digits), a date (2026-01-31, or ISO 8601 with a time zone) or how long ago (1w, 1m, 6m, 1y)`,
    );
  return { at };
}

function before(now: Date, count: number, unit: string): Date {
  const time = new Date(now);
  if (unit === 'd' || unit === 'w') {
    time.setUTCDate(time.getUTCDate() - count * (unit === 'w' ? 7 : 1));
    return time;
  }
  const day = time.getUTCDate();
  time.setUTCDate(1);
  time.setUTCMonth(time.getUTCMonth() - count * (unit === 'y' ? 12 : 1));
  // One month before the 31st is the last day of a shorter month.
  const last = new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + 1, 0)).getUTCDate();
  time.setUTCDate(Math.min(day, last));
  return time;
}
