import { expect, it } from 'vitest';
import { jsonPointer, pointerKeys } from '../../../model/text/json-pointer.ts';

// RFC 6901, section 5.
it.each([
  ['', []],
  ['/foo/0', ['foo', 0]],
  ['/', ['']],
  ['/a~1b', ['a/b']],
  ['/m~0n', ['m~n']],
  ['/~01', ['~1']],
])('%j is read and written', (pointer, path) => {
  expect(jsonPointer(path)).toBe(pointer);
  expect(pointerKeys(pointer)).toEqual(path.map(String));
});
