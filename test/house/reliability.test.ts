import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { faultNames } from '../chaos/plan/plan-round.ts';

const page = await readFile('docs/reliability.md', 'utf8');
/** The last column of the tables, in which it is said what shows a line. */
const shown = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (what|-)/.test(line))
  .map((line) => line.split('|').at(-2) ?? '');
const named = shown.flatMap((cell) =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ''),
);

test('each line of the reliability page has something that shows it, and that exists', () => {
  expect(shown.length).toBeGreaterThan(20);
  for (const cell of shown) expect(cell).toMatch(/`|each round/);
  const tests = named.filter((name) => name.includes('test'));
  expect(tests.filter((name) => !existsSync(name))).toEqual([]);
});

test('the reliability page names every fault of the chaos harness, and no other', () => {
  const faults = faultNames();
  const patterns = named
    .filter((name) => !name.includes('test'))
    .map((name) => new RegExp(`^${name.replace('…', '.+')}$`));
  expect(faults.filter((fault) => !patterns.some((pattern) => pattern.test(fault)))).toEqual([]);
  expect(patterns.filter((pattern) => !faults.some((fault) => pattern.test(fault)))).toEqual([]);
});
