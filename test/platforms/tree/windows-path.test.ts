import { expect, it } from 'vitest';
import { windowsFault } from '../../../platforms/tree/windows-path.ts';

it.each(['configs/main/other/x/con/meta.json', 'aux', 'a/NUL.txt', 'a/com1', 'lpt9.json/b'])(
  'a clone on Windows cannot have %s',
  (path) => {
    expect(windowsFault(path)).toContain('name of a device');
  },
);

it.each(['configs/main/console/meta.json', 'a/com10', 'a/auxiliary', 'a/x.con'])(
  'a clone on Windows can have %s',
  (path) => {
    expect(windowsFault(path)).toBeNull();
  },
);

it('a path that leaves no room for the folder of a clone is told', () => {
  expect(windowsFault(`a/${'b'.repeat(230)}`)).toContain('232 characters');
});
