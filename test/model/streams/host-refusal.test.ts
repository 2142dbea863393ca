import { describe, expect, test } from 'vitest';
import {
  limitWait,
  saidWait,
  turnOf,
  wordsForOthers,
  type HostRefusal,
} from '../../../model/streams/host-refusal.ts';

const minute = 60_000;
const now = new Date('2026-03-01T12:00:00Z');
const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * minute);

/** A refusal of so many minutes ago, which stands for five. */
function refused(
  repository: string | null,
  minutesAgo: number,
  other: Partial<HostRefusal> = {},
): HostRefusal {
  return {
    ...{ repository, alone: false, step: 'read', words: '', claimedUntil: null },
    ...{ refusedAt: inMinutes(-minutesAgo), askAt: inMinutes(5 - minutesAgo) },
    ...other,
  };
}

/** `ask`, `knock`, or for how many minutes to wait. */
function turn(refusals: HostRefusal[], repository = 'mine'): string | number {
  const is = turnOf(refusals, repository, { now, yields: minute });
  return is.kind === 'wait' ? (is.until.getTime() - now.getTime()) / minute : is.kind;
}

describe('a repository', () => {
  test.each<[string, HostRefusal[], string | number]>([
    ['asks if nothing was refused', [], 'ask'],
    ['finds out whether another one is refused alone', [refused('a', 1)], 'knock'],
    ['waits if it was refused', [refused('mine', 1)], 4],
    ['is tried again after five minutes', [refused('mine', 6)], 'knock'],
    ['waits if two others were refused', [refused('a', 3), refused('b', 2)], 3],
    ['tries for all after five minutes', [refused('a', 9), refused('b', 6)], 'knock'],
    ['lets others go first if it was refused last', [refused('a', 9), refused('mine', 5.5)], 0.5],
    ['tries for all if nobody else did', [refused('a', 9), refused('mine', 6)], 'knock'],
    ['waits while another one tries', [refused('a', 9), refused('b', 6, { claimedUntil: inMinutes(1) })], 1],
    ['asks while others are refused alone', [refused('a', 1, { alone: true }), refused('b', 1, { alone: true })], 'ask'],
    ['waits by itself if it is refused alone', [refused('a', 1), refused('b', 0), refused('mine', 2, { alone: true })], 3],
    ['waits while the host limits', [refused(null, 1, { askAt: inMinutes(20) }), refused('mine', 4)], 20],
    ['tries when a limit is over', [refused(null, 30, { askAt: inMinutes(-1) })], 'knock'],
  ])('%s', (_what, refusals, expected) => {
    expect(turn(refusals)).toBe(expected);
  }); // prettier-ignore

  test('asks as the push that was refused does', () => {
    const refusals = [refused('a', 9), refused('b', 6, { step: 'push' })];
    expect(turnOf(refusals, 'mine', { now, yields: 0 })).toMatchObject({ step: 'push' });
    expect(turnOf(refusals.slice(0, 1), 'mine', { now, yields: 0 })).toMatchObject({
      step: 'read',
    });
  });
});

test.each([
  ['Retry-After: 120', 120_000],
  ['Please retry after 20 minutes.', 20 * minute],
  ['try again in 2 hours', 120 * minute],
  ['Retry later', null],
  ['Try again later. Error 4711', null],
])('%j says how long to wait', (words, milliseconds) => {
  expect(saidWait(words)).toBe(milliseconds);
});

test('without its words, a limit counts for longer each time, an hour at most', () => {
  const waits = [1, 2, 3, 4, 5, 100].map((times) => limitWait(times, null, 5 * minute) / minute);
  expect(waits).toEqual([5, 10, 20, 40, 60, 60]);
  expect(limitWait(1, 1_000, 5 * minute)).toBe(1_000);
  expect(limitWait(1, 1e9, 5 * minute)).toBe(60 * minute);
});

test('words for others name no repository', () => {
  const url = 'https://git.example/acme/secret.git';
  expect(wordsForOthers(`Unable to access '${url}/': acme/secret is closed`, url)).toBe(
    "Unable to access '…/': … is closed",
  );
});
