import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { registeredMetrics } from './registered-metrics.ts';

/** What the help of each kind of metric ends with, and where the page describes that kind. */
const kinds = {
  'Of a process': ' Of this process: take the sum.',
  'Of the installation': ' The same from every process: take the maximum.',
  'About a process': ' Of this process.',
};

test('the page describes every metric of the registry, as its help does, and no other', () => {
  const page = readFileSync('docs/metrics.md', 'utf8');
  const metrics = registeredMetrics();
  for (const [heading, ending] of Object.entries(kinds)) {
    const section = page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
    const rows = section
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) =>
        line
          .split('|')
          .slice(1, 5)
          .map((cell) => cell.trim()),
      );
    const registered = metrics
      .filter(({ help }) => help.endsWith(ending))
      .map(({ name, type, labels, help }) => [
        `\`${name}\``,
        type,
        labels.map((label) => `\`${label}\``).join(', ') || '–',
        help.slice(0, -ending.length),
      ]);
    expect(rows).toEqual(registered);
    expect(rows).not.toEqual([]);
  }
  expect(metrics.every(({ help }) => Object.values(kinds).some((end) => help.endsWith(end)))).toBe(
    true,
  );
});
