import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGitTextTools } from '../../git/clones/text-tools.ts';
import { editEntry } from '../../knowledge/entries/edit-entry.ts';
import { readEntry } from '../../knowledge/entries/read-entry.ts';
import type { MergeInput } from '../../knowledge/merge/merge-input.ts';
import { mergeEntries, settleConflict } from '../../knowledge/merge/merge-entries.ts';
import { hostileFrontMatter, hostileMerges } from '../../test/knowledge/hostile-entries.ts';
import { customer } from '../../test/knowledge/merge/merged-kinds.ts';
import { Place } from '../measuring/place.ts';
import { figure } from '../measuring/statistics.ts';
import { defineBench } from '../shape/bench.ts';
import { numberOption } from '../shape/option.ts';
import { growing } from './growing-texts.ts';
import { listTimes } from './list-times.ts';

/** How long nothing else may run: a second is noticed by everybody who asks for something meanwhile. */
const longestStall = 1_000;
/** What is linear takes twice as long at twice the size, and a little more. */
const linear = 3;
/** Shorter runs are repeated until this much processor time has passed, in milliseconds. */
const worthTiming = 20;

/** Texts that are made to take long, and lists of large spaces. */
export const worstCases = defineBench({
  name: 'worst-cases',
  measures:
    'What texts that are made to take long cost. Entries are limited in size, so theirs are at the limits: what counts is how long others wait. Whatever has no such limit is measured at one size and at twice that size: far above 2 times is more than linear.',
  options: {
    percent: numberOption('size of texts without a limit, in percent', {
      ...{ default: 100, quick: 10 },
    }),
    entries: numberOption('entries of the smaller space', { default: 10_000, quick: 1_000 }),
    rounds: numberOption('readings of a list', { default: 11, quick: 3 }),
  },
  async *measure({ percent, entries, rounds }) {
    const place = await Place.make();
    try {
      yield* frontMatter();
      const mergeTexts = createGitTextTools({ directory: place.path('texts') }).merge;
      for (const { name, text, kind } of hostileMerges) {
        const sides = { base: text('base'), git: text('git'), mine: text('mine') };
        const { all, stalls } = await merging({ ...sides, kind, mergeTexts });
        yield figure(name, 'ms', all, { group: 'Merges of the largest entries, in all' });
        yield figure(name, 'ms', stalls, {
          ...{ group: 'The longest that others waited meanwhile', target: longestStall },
        });
      }
      for (const [name, size, at] of growing) {
        const once = Math.ceil((size * percent) / 100);
        const [less, more] = [best(at(once)), best(at(2 * once))];
        yield figure(name, 'times', [more / less], {
          group: 'Other texts: processor time at twice the size',
          note: `${shown(less)} at ${once.toLocaleString('en')}, ${shown(more)} at twice that`,
          target: linear,
        });
      }
      const group = 'Lists of a space';
      for (const { list, times, count } of await listTimes(place, {
        counts: [entries, 2 * entries],
        rounds,
      }))
        yield figure(list, 'ms', times, { group, at: { of: 'entries', value: count } });
    } finally {
      await place.end();
    }
  },
});

/** Front matter within its limits; processor time. */
function* frontMatter() {
  const works: [string, (text: string) => unknown][] = [
    ['reading', (text) => readEntry(text, customer)],
    ['editing fields', (text) => editEntry(text, customer, { fields: { id: 'b', a: 'x' } })],
    ['editing the body', (text) => editEntry(text, customer, { body: 'x' })],
  ];
  for (const [what, work] of works)
    for (const [name, yaml] of hostileFrontMatter) {
      const text = `---\nid: a\n${yaml}\n---\nBody\n`;
      yield figure(
        name,
        'ms',
        runs(() => work(text)),
        {
          ...{ group: `Front matter: ${what}, processor time`, target: longestStall },
        },
      );
    }
}

function shown(milliseconds: number): string {
  return `${milliseconds.toPrecision(3)} ms`;
}

/** The least of three runs: what runs first is compiled first. */
function best(run: () => unknown): number {
  return Math.min(...runs(run));
}

/** The processor time of three runs, in ms. */
function runs(run: () => unknown): number[] {
  return Array.from({ length: 3 }, () => {
    const before = process.cpuUsage();
    for (let count = 1; ; count += 1) {
      run();
      const { user, system } = process.cpuUsage(before);
      const passed = (user + system) / 1_000;
      if (passed >= worthTiming) return passed / count;
    }
  });
}

/** What a merge and settling it take three times, and the longest that nothing else could run meanwhile, in ms. */
async function merging(input: MergeInput): Promise<{ all: number[]; stalls: number[] }> {
  const all: number[] = [];
  const stalls: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    await sleep(5);
    delay.reset();
    const start = performance.now();
    await mergeEntries(input);
    await settleConflict(input, { take: 'mine' });
    all.push(performance.now() - start);
    await sleep(5);
    delay.disable();
    stalls.push(delay.max / 1e6);
  }
  return { all, stalls };
}
