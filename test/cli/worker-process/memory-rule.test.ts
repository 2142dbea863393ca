import { expect, test } from 'vitest';
import { MemoryRule } from '../../../cli/worker-process/memory-rule.ts';

/** The verdicts on one reading per second, of a process that may use 100. */
function verdictsOn(...readings: number[]): string[] {
  const rule = new MemoryRule(100);
  return readings.map((bytes, second) => rule.judge(bytes, second * 1_000));
}

test.each([
  ['at its limit', [100, 100, 100, 100, 100, 100, 100], 'fine'],
  ['above it for less than five seconds', [101, 150, 200, 150, 101], 'fine'],
  ['above it for five seconds', [101, 101, 101, 101, 101, 101], 'stop'],
  ['above it again after a pause', [101, 101, 101, 101, 90, 101, 101], 'fine'],
  ['at once above twice the limit', [201], 'kill'],
] as const)('%s: %j is %s', (_when, readings, verdict) => {
  expect(verdictsOn(...readings).at(-1)).toBe(verdict);
});
