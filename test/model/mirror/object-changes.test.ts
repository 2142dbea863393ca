import { expect, test } from 'vitest';
import { objectChanges } from '../../../model/mirror/reading/object-changes.ts';
import type { ObjectPlaces } from '../../../model/mirror/reading/shown-object.ts';

/** Objects by their folders: `{ a: 'x' }` is object `x` in folder `a`. */
function places(folders: Record<string, string>): ObjectPlaces {
  const all = Object.entries(folders).map(([path, key]) => ({
    ...{ key, kind: 'configuration' as const, path, ids: {} },
  }));
  return {
    of: (path) =>
      all.find((place) => path.startsWith(`${place.path}/`)) ?? {
        ...{ key: `file/${path}`, kind: 'file', path, ids: {} },
      },
    at: (key) => all.find((place) => place.key === key) ?? null,
  };
}

function changes(
  files: [path: string, before: string | null, after: string | null][],
  before: Record<string, string>,
  after: Record<string, string>,
) {
  const listed = files.map(([path, one, other]) => ({ path, before: one, after: other }));
  return objectChanges(listed, places(before), places(after)).map(({ key, change, files: of }) => ({
    ...{ key, change },
    files: of.map((file) => `${file.previousPath ?? ''}>${file.path} ${file.before} ${file.after}`),
  }));
}

test('an object has been added, changed or removed', () => {
  expect(
    changes(
      [
        ['a/1', null, 'n'],
        ['b/1', 'o', 'n'],
        ['b/2', null, 'n'],
        ['c/1', 'o', null],
      ],
      { b: 'y', c: 'z' },
      { a: 'x', b: 'y' },
    ),
  ).toEqual([
    { key: 'x', change: 'added', files: ['>a/1 null n'] },
    { key: 'y', change: 'changed', files: ['>b/1 o n', '>b/2 null n'] },
    { key: 'z', change: 'removed', files: ['>c/1 o null'] },
  ]);
});

test('one whose folder has another name has moved, whatever its files contain', () => {
  expect(
    changes(
      [
        ['new/1', null, 'n'],
        ['new/2', null, 's'],
        ['old/1', 'o', null],
        ['old/2', 's', null],
      ],
      { old: 'x' },
      { new: 'x' },
    ),
  ).toEqual([{ key: 'x', change: 'moved', files: ['old/1>new/1 o n', 'old/2>new/2 s s'] }]);
});

test('two that swapped their folders have both moved', () => {
  const swapped = changes(
    [
      ['a/1', 'x', 'y'],
      ['b/1', 'y', 'x'],
    ],
    { a: 'x', b: 'y' },
    { a: 'y', b: 'x' },
  );
  expect(swapped).toEqual([
    { key: 'x', change: 'moved', files: ['a/1>b/1 x x'] },
    { key: 'y', change: 'moved', files: ['b/1>a/1 y y'] },
  ]);
});

test('a file that was added to an object, or removed from it, has changed it', () => {
  expect(changes([['a/2', null, 'n']], { a: 'x' }, { a: 'x' })[0]?.change).toBe('changed');
  expect(changes([['a/2', 'o', null]], { a: 'x' }, { a: 'x' })[0]?.change).toBe('changed');
});
