import { expect, test } from 'vitest';
import { amount, type Unit } from '../../../model/telemetry/health/amount.ts';

test.each<[number, Unit, string]>([
  [0, 'count', '0'],
  [1_200, 'count', '1,200'],
  [1, 'share', '100 %'],
  [0.99999, 'share', '99.9 %'],
  [0.985, 'share', '98.5 %'],
  [0.57, 'share', '57 %'],
  [0, 'share', '0 %'],
  [0.04, 'seconds', '0 s'],
  [3.25, 'seconds', '3.3 s'],
  [41.2, 'seconds', '41 s'],
  [119.4, 'seconds', '119 s'],
  [120, 'seconds', '2 min'],
  [900, 'seconds', '15 min'],
  [3 * 3_600, 'seconds', '3 h'],
  [72 * 3_600, 'seconds', '3 days'],
  [0.25, 'per_hour', '0.3 an hour'],
])('%d as %s is written %s', (value, unit, text) => {
  expect(amount(value, unit)).toBe(text);
});
