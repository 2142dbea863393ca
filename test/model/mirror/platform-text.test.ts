import { expect, test } from 'vitest';
import { platformLine, platformLines } from '../../../model/mirror/message/platform-text.ts';

const joint = '\u200b';

test.each([
  ['closes #12', 'closes #|12'],
  ['fixes GH-1, see gh-2', 'fixes GH-|1, see gh-|2'],
  ['Fixes octo/repo#7 and AB#9', 'Fixes octo/repo#|7 and AB#|9'],
  ['resolves !33', 'resolves !|33'],
  ['SHOP-7 #close #time 2h', 'SHOP-7 #|close #|time 2h'],
  ['fixes https://github.com/o/r/issues/12', 'fixes https:|//github.com/o/r/issues/12'],
  [
    'see https://gitlab.com/o/r/-/merge_requests/3',
    'see https:|//gitlab.com/o/r/-/merge_requests/3',
  ],
  ['@team please look', '@|team please look'],
  ['cc (@octo/all-hands)', 'cc (@|octo/all-hands)'],
  ['[skip ci] quickly', '[|skip ci] quickly'],
  ['[CI SKIP][no ci][skip-ci]', '[|CI SKIP][|no ci][|skip-ci]'],
  ['***NO_CI***', '***|NO_CI***'],
  ['skip-checks: true', 'skip|-checks: true'],
])('%s is no command any more', (given, wanted) => {
  expect(platformLine(given)).toBe(wanted.replaceAll('|', joint));
});

test.each([
  'eva@example.com',
  'Orders of 2026-05-01 (v3)',
  'Load 100 % of the rows!',
  'https://connection.example/admin/projects/1',
  '[draft] Orders # 2',
])('%s stays as it is', (text) => {
  expect(platformLine(text)).toBe(text);
});

test('nobody hides a command behind what we remove', () => {
  expect(platformLines(`closes #\u200e12\n@\u2060team`)).toEqual([
    `closes #${joint}12`,
    `@${joint}team`,
  ]);
});
