import { expect, it } from 'vitest';
import type { EntryChange } from '../../../activities/knowledge/reading/match-files.ts';
import { cutIntoSteps, isWithin } from '../../../activities/knowledge/reading/reading-steps.ts';

function change(id: string, path: string, before: string | null = null): EntryChange {
  return { id, path, before, file: null };
}

function idsOf(changes: EntryChange[], entries: number): string[] {
  return cutIntoSteps(changes, { entries, text: 1_000 }).map((step) =>
    step.map(({ id }) => id).join(' '),
  );
}

it('cuts changes into steps, in their order', () => {
  expect(idsOf([], 2)).toEqual([]);
  expect(idsOf([change('a', '1'), change('b', '2'), change('c', '3')], 2)).toEqual(['a b', 'c']);
});

it('keeps together entries that leave a file to each other, however many', () => {
  const changes = [
    change('a', '2', '1'),
    change('x', '9'),
    change('b', '3', '2'),
    change('c', '4', '3'),
    change('y', '8', '7'),
  ];
  expect(idsOf(changes, 2)).toEqual(['a b c', 'x y']);
});

it('joins groups that turn out to be one', () => {
  expect(idsOf([change('a', '1'), change('b', '4', '3'), change('c', '3', '1')], 1)).toEqual([
    'a b c',
  ]);
});

it('groups any number of entries that were renumbered at once', () => {
  // Comparing each with each would take minutes.
  const count = 200_000;
  const changes = Array.from({ length: count }, (_, index) =>
    change(`e${index}`, `${index + 1}`, `${index}`),
  );
  const steps = cutIntoSteps([change('x', 'x'), ...changes], { entries: 10, text: 1_000 });
  expect(steps.map((step) => step.length)).toEqual([1, count]);
  expect(steps[1]).toEqual(changes);
});

it('leaves apart any number of entries that have nothing to do with each other', () => {
  const count = 200_000;
  const changes = Array.from({ length: count }, (_, index) => change(`e${index}`, `${index}`));
  const steps = cutIntoSteps(changes, { entries: 1_000, text: 1_000 });
  expect(steps).toHaveLength(count / 1_000);
  expect(steps.flat()).toEqual(changes);
});

it('knows what is within a size', () => {
  const two = [change('a', '1'), change('b', '2')];
  expect(isWithin(two, { entries: 2, text: 0 })).toBe(true);
  expect(isWithin(two, { entries: 1, text: 0 })).toBe(false);
});
