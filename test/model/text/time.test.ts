import { expect, it } from 'vitest';
import { parseTime } from '../../../model/text/time.ts';

it.each([
  ['2026-01-31', '2026-01-31T00:00:00.000Z'],
  ['2026-01-31T10:00Z', '2026-01-31T10:00:00.000Z'],
  ['2026-01-31T10:00:05.1234+01:00', '2026-01-31T09:00:05.123Z'],
  ['2026-01-31T10:00:05,5+0130', '2026-01-31T08:30:05.500Z'],
  ['2024-02-29', '2024-02-29T00:00:00.000Z'],
])('reads the time %s', (text, time) => {
  expect(parseTime(text)?.toISOString()).toBe(time);
});

it.each([
  ...['', 'today', '2026', '2026-1-1', '2026-13-01', '2026-02-30', '2026-02-30T10:00:00Z'],
  ...['2026-01-31T10:00:00', '2026-01-31T25:00Z', '2026-01-31 10:00Z', '2026-01-31T10:00:00.Z'],
])('does not read %j as a time', (text) => {
  expect(parseTime(text)).toBeNull();
});
