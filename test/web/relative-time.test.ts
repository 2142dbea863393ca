import { expect, it } from 'vitest';
import { relativeTime } from '../../web/parts/relative-time.ts';

const now = Date.parse('2026-11-28T12:00:00Z');

it.each([
  ['2026-11-28T11:59:50Z', 'just now'],
  // A clock that is read every ten seconds may be behind an answer.
  ['2026-11-28T12:00:08Z', 'just now'],
  ['2026-11-28T12:00:30Z', 'in a moment'],
  ['2026-11-28T11:57:00Z', '3 minutes ago'],
  ['2026-11-28T12:05:00Z', 'in 5 minutes'],
  ['2026-11-28T10:00:00Z', '2 hours ago'],
  ['2026-11-27T12:00:00Z', 'yesterday'],
  ['2026-11-20T12:00:00Z', '8 days ago'],
  ['2026-01-02T12:00:00Z', 'Jan 2, 2026'],
])('says %s as "%s"', (at, words) => {
  expect(relativeTime(new Date(at), now)).toBe(words);
});
