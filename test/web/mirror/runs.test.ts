import { describe, expect, it } from 'vitest';
import { runsSearch } from '../../../web/pages/mirror/mirror-search.ts';
import { duration } from '../../../web/pages/mirror/runs/duration.ts';
import { errorOfRun } from '../../../web/pages/mirror/runs/error-of-run.ts';
import { timesOf } from '../../../web/pages/mirror/runs/period.ts';
import { runWords } from '../../../web/pages/mirror/runs/run-words.ts';

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

describe('the times of a period', () => {
  // In the zone of the machine, as a viewer's clock is.
  const at = (day: number, hour: number) => new Date(2026, 2, day, hour).toISOString();

  it.each([
    ['the morning', new Date(2026, 2, 10, 9), at(9, 18), at(10, 8)],
    ['the night itself', new Date(2026, 2, 10, 3), at(9, 18), at(10, 8)],
    ['the evening', new Date(2026, 2, 10, 22), at(9, 18), at(10, 8)],
  ])('of last night, asked in %s', (_when, now, from, to) => {
    expect(timesOf('night', now)).toEqual({ from, to });
  });

  it('of a day and a week end now, and others have no bound', () => {
    const now = new Date('2026-03-10T12:00:00Z');
    expect(timesOf('day', now)).toEqual({ from: '2026-03-09T12:00:00.000Z' });
    expect(timesOf('week', now)).toEqual({ from: '2026-03-03T12:00:00.000Z' });
    expect(timesOf('all', now)).toEqual({});
    expect(runsSearch({ period: 'ever', status: 'FAILED' })).toEqual({ status: 'FAILED' });
  });
});

describe('the words of a run', () => {
  const run = {
    ...{ runId: '1', componentId: 'ex', configurationId: '7', status: 'SUCCESS', seconds: null },
    ...{ finishedAt: '2026-03-10T12:00:00Z', path: null, error: null },
    ...{ configurationName: 'Orders', componentName: 'MySQL' },
  };

  it.each([
    [run, 'Orders', 'MySQL'],
    [{ ...run, configurationName: null, componentName: null }, '7', 'ex'],
    [{ ...run, configurationId: null }, 'MySQL', 'Without a configuration'],
  ])('are its names, or its ids', (one, name, detail) => {
    expect(runWords(one)).toEqual({ name, detail });
  });
});
