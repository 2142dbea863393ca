import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The rows of the threat model that name a test: its file, and its name as it is written there. */
const rows = readFileSync(`${root}docs/threat-model.md`, 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, file, , name] = /\| `(test\/[^`]+)` +\| (`{1,2})(.+?)\2 +\|$/.exec(line) ?? [];
    return file === undefined || name === undefined ? [] : [{ file, name }];
  });

it('the threat model names at least sixty tests, each once', () => {
  expect(rows.length).toBeGreaterThanOrEqual(60);
  expect(new Set(rows.map(({ file, name }) => `${file} ${name}`)).size).toBe(rows.length);
});

it('every row of its tables names one', () => {
  const text = readFileSync(`${root}docs/threat-model.md`, 'utf8');
  const tableRows = text.split('\n').filter((line) => /^\| (?!somebody …|-)/.test(line));
  expect(tableRows).toHaveLength(rows.length);
});

it.each(rows)('$file has the test "$name"', ({ file, name }) => {
  expect(existsSync(root + file), `${file} does not exist`).toBe(true);
  const text = readFileSync(root + file, 'utf8');
  const isThere = ["'", '"', '`'].some((quote) => text.includes(`${quote}${name}${quote}`));
  expect(isThere, `${file} has no test "${name}"`).toBe(true);
});
