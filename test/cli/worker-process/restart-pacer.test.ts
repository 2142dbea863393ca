import { expect, test } from 'vitest';
import { RestartPacer } from '../../../cli/worker-process/restart-pacer.ts';

const minute = 60_000;

function waitsAfter(...ranFor: number[]): number[] {
  const pacer = new RestartPacer();
  return ranFor.map((time) => pacer.waitAfter(time) / 1_000);
}

test('a process that keeps ending is started again after 1, 2, 4, … and finally 60 seconds', () => {
  expect(waitsAfter(0, 0, 0, 0, 0, 0, 0, 0)).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
});

test('after it ran for five minutes, the wait is short again', () => {
  expect(waitsAfter(0, 0, 5 * minute - 1, 5 * minute, 0)).toEqual([1, 2, 4, 1, 2]);
});
