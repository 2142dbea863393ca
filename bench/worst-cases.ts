import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { cutIntoSteps } from '../activities/knowledge/reading/reading-steps.ts';
import { createGitTextTools } from '../git/clones/text-tools.ts';
import { editEntry } from '../knowledge/entries/edit-entry.ts';
import { readEntry } from '../knowledge/entries/read-entry.ts';
import type { MergeInput } from '../knowledge/merge/merge-input.ts';
import { mergeEntries, settleConflict } from '../knowledge/merge/merge-entries.ts';
import { splitStatements } from '../platforms/keboola/layout/mappers/split-statements.ts';
import { protectSecrets } from '../platforms/tree/secrets.ts';
import { hostileFrontMatter, hostileMerges } from '../test/knowledge/hostile-entries.ts';
import { customer } from '../test/knowledge/merge/merged-kinds.ts';
import { config, object, project, render } from '../test/platforms/keboola/platform-project.ts';
import { listTimes } from './list-times.ts';

/**
 * What texts that are made to take long cost. Entries are limited in size, so theirs are at the limits: what counts is
 * how long others wait. Whatever has no such limit is measured at one size and at twice that size: a ratio far above 2
 * is more than linear.
 *
 *     npm run bench:worst-cases
 */
console.log(
  'Front matter within its limits: processor time in ms of reading, editing fields, editing the body\n',
);
for (const [name, yaml] of hostileFrontMatter) {
  const text = `---\nid: a\n${yaml}\n---\nBody\n`;
  print(name, [
    best(() => readEntry(text, customer)),
    best(() => editEntry(text, customer, { fields: { id: 'b', a: 'x' } })),
    best(() => editEntry(text, customer, { body: 'x' })),
  ]);
}

console.log('\nMerges of the largest entries: ms in all, and the longest that others waited\n');
const directory = await mkdtemp(join(tmpdir(), 'gitward-bench-'));
const mergeTexts = createGitTextTools({ directory }).merge;
for (const { name, text, kind } of hostileMerges) {
  const sides = { base: text('base'), git: text('git'), mine: text('mine') };
  print(name, await stalls({ ...sides, kind, mergeTexts }));
}
await rm(directory, { recursive: true });

console.log('\nOther texts: processor time in ms at a size, at twice the size, and the ratio\n');
const growing: [string, number, (size: number) => () => unknown][] = [
  ...["-'", "'", "\\'", '/*', '/* ', '$$', '#', ' ', ';', 'a;', "--\n'", '*/', 'a'].map(
    (piece): [string, number, (size: number) => () => unknown] => [
      `statements of ${JSON.stringify(piece)}`,
      1_000_000,
      (size) => {
        const text = `${piece.repeat(Math.floor(size / piece.length))}'`;
        return () => splitStatements(text);
      },
    ],
  ),
  [
    'a value that looks encrypted',
    1_000_000,
    (size) => protecting(`KBC::${'Secure'.repeat(size / 6)}`),
  ],
  [
    'a value that looks like a vault',
    1_000_000,
    (size) => protecting('{{ vault.'.repeat(size / 9)),
  ],
  [
    'a value of braces and spaces',
    500_000,
    (size) => protecting(`{{${' '.repeat(size / 5)}`.repeat(5)),
  ],
  ['statements of a transformation', 200_000, scripts],
  ['configurations of one name', 2_500, sameNames],
  ['entries that were renumbered', 20_000, renumbered],
];
for (const [name, size, at] of growing) {
  const [once, twice] = [best(at(size)), best(at(2 * size))];
  print(`${name} (${size})`, [once, twice, twice / once]);
}

console.log('\nLists of 10,000 entries, of 20,000, and the ratio: medians in ms\n');
for (const [name, [once = NaN, twice = NaN]] of await listTimes([10_000, 20_000]))
  print(name, [once, twice, twice / once]);

function protecting(text: string): () => unknown {
  return () => protectSecrets(new Map([['#a', text]]), 'encrypted');
}

function scripts(count: number): () => unknown {
  const script = Array.from({ length: count }, (_, at) => `SELECT ${at};`);
  const content = { parameters: { blocks: [{ name: 'B', codes: [{ name: 'C', script }] }] } };
  const componentId = 'keboola.snowflake-transformation';
  const over = { componentId, content: object(JSON.stringify(content)) };
  const of = project([config('t', 'T', over)]);
  return () => render(of);
}

function sameNames(count: number): () => unknown {
  const of = project(Array.from({ length: count }, (_, index) => config(String(index), 'same')));
  return () => render(of);
}

function renumbered(count: number): () => unknown {
  const changes = Array.from({ length: count }, (_, at) => ({
    id: `e${at}`,
    path: `${at + 1}`,
    before: `${at}`,
    file: null,
  }));
  return () => cutIntoSteps(changes, { entries: 10, text: 1_000 });
}

/** The least processor time of three runs, in ms: what runs first is compiled first. */
function best(run: () => unknown): number {
  const times = Array.from({ length: 3 }, () => {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  return Math.min(...times);
}

/** What a merge and settling it take, and the longest that nothing else could run, in ms: the best of three. */
async function stalls(input: MergeInput): Promise<[number, number]> {
  const rounds: [number, number][] = [];
  for (let round = 0; round < 3; round += 1) {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    await sleep(5);
    delay.reset();
    const start = performance.now();
    await mergeEntries(input);
    await settleConflict(input, { take: 'mine' });
    const all = performance.now() - start;
    await sleep(5);
    delay.disable();
    rounds.push([all, delay.max / 1e6]);
  }
  return rounds.reduce((one, other) => (other[1] < one[1] ? other : one));
}

function print(name: string, figures: readonly number[]): void {
  console.log(
    `${name.padEnd(44)} ${figures.map((figure) => figure.toFixed(1).padStart(9)).join(' ')}`,
  );
}
