/**
 * A time with a zone, as ISO 8601 writes it: seconds may be left out, a fraction has up to nine digits, a zone is `Z`, `+01:00` or
 * `+0100`. As a pattern of a JSON Schema.
 */
export const timePattern =
  '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}([.,]\\d{1,9})?)?(Z|[+-]\\d{2}:?\\d{2})$';

const time = new RegExp(timePattern);
const date = /^\d{4}-\d{2}-\d{2}$/;

/** The time of {@link timePattern}, or the beginning of a date in UTC; `null` for anything else, and for days that no month has. */
export function parseTime(text: string): Date | null {
  if (!time.test(text) && !date.test(text)) return null;
  // `Date` reads the rest of ISO 8601 as it is written.
  const parsed = new Date(text.replace(',', '.').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (Number.isNaN(parsed.getTime())) return null;
  // It takes 30 February for 2 March.
  const days = new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0));
  return Number(text.slice(8, 10)) <= days.getUTCDate() ? parsed : null;
}

/** A time as people and databases also write it: with a space instead of `T` or before the zone, or without a zone. */
const looseTime = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}[\d:.,]{0,13}) ?([Zz]|[+-]\d{2}:?\d{2})?$/;

/**
 * Like {@link parseTime}, also for times as people, YAML and databases write them (`2026-03-01 08:00`). A time without a zone
 * is taken as UTC.
 */
export function parseLooseTime(text: string): Date | null {
  const [, day, clock, zone = 'Z'] = looseTime.exec(text) ?? [];
  return parseTime(
    day === undefined || clock === undefined ? text : `${day}T${clock}${zone.toUpperCase()}`,
  );
}
