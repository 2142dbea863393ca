import { expect, it } from 'vitest';
import { duration } from '../../web/pages/mirror/runs/duration.ts';
import { errorOfRun } from '../../web/pages/mirror/runs/error-of-run.ts';

it.each([
  [0, '0 s'],
  [59.4, '59 s'],
  [59.6, '1 min 0 s'],
  [3_599, '59 min 59 s'],
  [3_600, '1 h 0 min'],
  [90_061, '25 h 1 min'],
  [-3, '0 s'],
])('says that %d seconds took %s', (seconds, said) => {
  expect(duration(seconds)).toBe(said);
});

it.each([
  ['{"error": {"message": "No such table"}}', 'No such table'],
  ['{"error": {"message": ""}}', null],
  ['{"error": {"message": {"a": 1}}}', null],
  ['{"error": "x"}', null],
  ['null', null],
  ['{', null],
])('finds the error of the run %j', (text, error) => {
  expect(errorOfRun(text)).toBe(error);
});
