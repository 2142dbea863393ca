import { expect, test } from 'vitest';
import { RingPacer } from '../../worker/ring-pacer.ts';

const mirror = { workflowId: 'mirror/p/1' };
const minute = 60_000;

/** Looks every 15 s for two hours; returns the minutes at which it rang. */
function ringsAt(isForgotten: (at: number) => boolean): number[] {
  const pacer = new RingPacer();
  const rings: number[] = [];
  for (let now = 0; now <= 120 * minute; now += 15_000) {
    for (const due of pacer.due(isForgotten(now) ? [mirror] : [], now)) {
      pacer.rang(due, now);
      rings.push(now / minute);
    }
  }
  return rings;
}

test('a mirror that stays forgotten is rung less and less often, and never given up', () => {
  expect(ringsAt(() => true)).toEqual([0, 1, 3, 7, 15, 30, 45, 60, 75, 90, 105, 120]);
});

test('a mirror that was all right in between is rung at once when it is forgotten again', () => {
  expect(ringsAt((at) => at <= minute || (at >= 10 * minute && at < 11 * minute))).toEqual([
    0, 1, 10,
  ]);
});

test('a ring that could not be delivered is due at the next look', () => {
  const pacer = new RingPacer();
  expect(pacer.due([mirror], 0)).toEqual([mirror]);
  expect(pacer.due([mirror], 15_000)).toEqual([mirror]);
});
