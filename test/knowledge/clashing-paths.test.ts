import { expect, it } from 'vitest';
import { clashingPaths } from '../../knowledge/entries/clashing-paths.ts';

it.each([
  [['a/B.md', 'a/b.md'], ['a/b.md'], 'is the same file as a/B.md'],
  [['A/b.md', 'a/b.md', 'a/c.md'], ['a/b.md'], 'is the same file as A/b.md'],
  [['a/\u00e9.md', 'a/e\u0301.md'], ['a/\u00e9.md'], 'is the same file as a/e\u0301.md'],
  [['a/STRASSE.md', 'a/straße.md'], ['a/straße.md'], 'is the same file as'],
  [['a/x', 'a/X/y/z.md'], ['a/x'], 'has the same name as the folder a/X'],
  [['a/X', 'a/x/y.md'], ['a/X'], 'has the same name as the folder a/x'],
])('of %j, %j are told', (paths, clashing, why) => {
  const found = clashingPaths(paths);
  expect(found.map(({ path }) => path)).toEqual(clashing);
  expect(found[0]?.message).toContain(why);
});

it('folders that differ in case only are no problem, nor are files of different names', () => {
  expect(clashingPaths(['a/b.md', 'A/c.md', 'a/b-2.md', 'a/b', 'a'])).toEqual([
    expect.objectContaining({ path: 'a' }),
  ]);
  expect(clashingPaths(['a/b.md', 'A/c.md', 'a/b-2.md', 'a/b'])).toEqual([]);
});
