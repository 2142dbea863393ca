import { expect, it } from 'vitest';
import { pageOf } from '../../bench/report/page.ts';
import { summaryText } from '../../bench/report/summary.ts';
import type { Figure } from '../../bench/shape/figure.ts';
import type { BenchResult } from '../../bench/shape/results.ts';
import { figureOf, quietRun, resultOf } from './results.ts';

const met = figureOf({
  name: 'a small file',
  floor: { name: 'git by hand', value: 80 },
  peers: [
    { name: 'git CLI', value: 60 },
    { name: 'simple-git', value: 120 },
  ],
  target: 120,
});
const missed = figureOf({
  name: 'a large file',
  value: 3_000,
  spread: [2_500, 3_100],
  target: 500,
});
const bare = figureOf({ name: 'all files', unit: 'bytes', value: 12_500_000, rounds: 1 });

const page = (...benches: BenchResult[]) => pageOf({ format: 1, benches });

/** The cells of the summary's line that begins with a name. */
function lineOf(summary: string, name: string): string[] {
  const line = summary.split('\n').find((one) => one.trim().startsWith(name)) ?? '';
  return line.trim().split(/ {3,}/);
}

it('the summary has floor, peers and target beside each figure, and says which targets are missed', () => {
  const summary = summaryText([resultOf([met, missed, bare])]);
  expect(lineOf(summary, 'a small file')).toEqual([
    ...['a small file', '100 ms', '90 ms – 140 ms', 'git by hand 80 ms (1.25×)'],
    ...['git CLI 60 ms; simple-git 120 ms', '≤ 120 ms met'],
  ]);
  expect(lineOf(summary, 'a large file')).toEqual([
    ...['a large file', '3.00 s', '2.50 s – 3.10 s', '≤ 500 ms MISSED'],
  ]);
  expect(lineOf(summary, 'all files')).toEqual(['all files', '12.5 MB']);
  expect(lineOf(summary, 'delivery ')).toEqual([
    ...['delivery', '1 of 2 targets met', 'measured in 3.00 s'],
  ]);
});

it('the page has the same in a table, and draws floor, peers and target', () => {
  const made = page(resultOf([met, missed]));
  expect(made).toContain('git by hand 80 ms (1.25×)');
  expect(made).toContain('git CLI 60 ms; simple-git 120 ms');
  expect(made).toMatch(/<span class="met">≤ 120 ms ✓ met<\/span>/);
  expect(made).toMatch(/<span class="missed">≤ 500 ms ✗ missed<\/span>/);
  for (const kind of ['bar own', 'bar floor', 'bar peer0', 'bar peer1', 'bar missed'])
    expect(made).toContain(`class="${kind}"`);
  expect(made).toContain('<title>target: at most 120 ms</title>');
});

it('a figure without a floor, a peer or a target leaves out what it does not have', () => {
  const made = page(resultOf([bare]));
  expect(made).toContain('12.5 MB');
  expect(made).not.toMatch(/<th class="(floor|peers|target)"/);
  expect(summaryText([resultOf([bare])])).not.toMatch(/floor|peers|target/);
});

it('figures over size become lines, by powers of ten where sizes are decades', () => {
  const series = [1_000, 10_000, 100_000].map((files) => ({
    ...met,
    at: { of: 'files', value: files },
  }));
  const made = page(resultOf(series));
  expect(made).not.toContain('<div class="row">');
  expect(made.match(/<circle\s+class="dot series0"/g)).toHaveLength(3);
  expect(made).toContain('logarithmic');
  const [first, second, third] = [...made.matchAll(/dot series0"\s+cx="([\d.]+)%"/g)].map(([, x]) =>
    Number(x),
  );
  expect(second! - first!).toBeCloseTo(third! - second!, 1);
  for (const name of ['floor: git by hand', 'git CLI', 'simple-git', 'target: at most'])
    expect(made).toMatch(new RegExp(`</svg\\s*>${name}\\s*</li>`));
});

it('a bench that failed or was skipped says why, and what it had measured before is kept', () => {
  const failed = resultOf([bare], { name: 'mirror', state: 'failed', reason: 'No space left.' });
  const skipped = resultOf([], { name: 'console', state: 'skipped', reason: 'No Chromium.' });
  const summary = summaryText([failed, skipped]);
  expect(summary).toContain('FAILED after 3.00 s: No space left.');
  expect(summary).toContain('skipped: No Chromium.');
  expect(summary).toContain('12.5 MB');
  const made = page(failed, skipped);
  expect(made).toContain('<p class="failed">FAILED after 3.00 s: No space left.</p>');
  expect(made).toContain('<p class="skipped">skipped: No Chromium.</p>');
});

it('both warn if something else was running before', () => {
  const noisy = resultOf([bare], { run: { ...quietRun, loadBefore: 1.5 } });
  expect(summaryText([noisy])).toContain('WARNING: Something else was running');
  expect(page(noisy)).toContain('<p class="warning">Something else was running');
  expect(summaryText([resultOf([bare])])).not.toContain('WARNING');
  expect(page(resultOf([bare]))).not.toContain('<p class="warning">');
});

it('texts from outside are escaped wherever they stand', () => {
  const hostile = `"><script>alert('x')</script><img src=x onerror="y">&\u0000\u001b[31m`;
  const everywhere: Figure = {
    ...met,
    ...{ name: hostile, group: hostile, note: hostile, at: { of: hostile, value: 1 } },
    floor: { name: hostile, value: 80 },
    peers: [{ name: hostile, value: 60 }],
  };
  const other = { ...everywhere, at: { of: hostile, value: 100 } };
  const alone: Figure = { ...met, name: hostile, peers: [{ name: hostile, value: 1 }] };
  const { machine } = quietRun;
  const result = resultOf([everywhere, other, alone], {
    ...{ name: hostile, measures: hostile, options: { [hostile]: hostile } },
    ...{ state: 'failed', reason: hostile },
    run: { ...quietRun, commit: hostile, machine: { ...machine, processor: hostile } },
  });
  const made = page(result);
  // The page itself has no such element, and no attribute that begins with "on".
  expect(made).not.toMatch(/<(script|img)/i);
  const tags = [...made.matchAll(/<[a-z][a-z0-9]*((?:\s+[a-zA-Z][\w-]*(?:="[^"]*")?)*)\s*\/?>/g)];
  expect(tags).toHaveLength((made.match(/<[^/!]/g) ?? []).length);
  const attributes = tags.flatMap(([, text = '']) =>
    [...text.matchAll(/([a-zA-Z][\w-]*)="[^"]*"/g)].map(([, name = '']) => name),
  );
  expect(attributes.filter((name) => name.startsWith('on'))).toEqual([]);
  expect(made).toContain('&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;');
  // eslint-disable-next-line no-control-regex -- they are what must be gone
  expect(made).not.toMatch(/[\u0000\u001b]/);
  // eslint-disable-next-line no-control-regex -- they are what must be gone
  expect(summaryText([result])).not.toMatch(/[\u0000\u001b]/);
});

it('the page needs nothing from anywhere, and lets nothing run', () => {
  const made = page(resultOf([met]));
  expect(made).toContain('default-src &#39;none&#39;');
  expect(made).not.toMatch(/https?:|url\(|@import|<link|<script/);
});

it('values that are no numbers are said to be unknown, and meet no target', () => {
  const unknown = figureOf({ value: Number.NaN, target: 10 });
  expect(lineOf(summaryText([resultOf([unknown])]), 'one file')).toEqual([
    'one file',
    'unknown',
    '90 ms – 140 ms',
    '≤ 10.0 ms MISSED',
  ]);
  const series = [1, 2].map((files) => ({ ...unknown, at: { of: 'files', value: files } }));
  for (const figures of [[unknown], [unknown, met], series])
    expect(page(resultOf(figures))).not.toMatch(/"[^"]*(NaN|Infinity)[^"]*"/);
});
