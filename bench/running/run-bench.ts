import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Bench, OptionValues } from '../shape/bench.ts';
import type { Figure } from '../shape/figure.ts';
import type { BenchResult, Outcome, Run } from '../shape/results.ts';
import type { BenchMessage, BenchOrder } from './messages.ts';

/** Runs a bench in a process of its own. A bench that fails is a result too. `onFigure` sees each figure as soon as it is known. */
export async function runBench(
  bench: Bench,
  options: OptionValues,
  { run, onFigure }: { run: Run; onFigure: (figure: Figure) => void },
): Promise<BenchResult> {
  const { name, measures } = bench;
  const reason = bench.unable?.() ?? null;
  const of = { name, measures, options, run };
  if (reason !== null) return { ...of, state: 'skipped', reason, seconds: 0, figures: [] };
  const begun = performance.now();
  const figures: Figure[] = [];
  const outcome = await outcomeOf(bench, options, (figure) => {
    figures.push(figure);
    onFigure(figure);
  });
  const seconds = Math.round((performance.now() - begun) / 100) / 10;
  return { ...of, ...outcome, seconds, figures };
}

async function outcomeOf(
  bench: Bench,
  options: OptionValues,
  onFigure: (figure: Figure) => void,
): Promise<Outcome> {
  const gc = bench.exposesGc === true ? ['--expose-gc'] : [];
  const child = fork(new URL('bench-process.ts', import.meta.url), [], {
    execArgv: ['--import', 'tsx', ...gc],
    // JSON has no NaN, and a figure must not become null on its way.
    serialization: 'advanced',
  });
  let told: BenchMessage | null = null;
  child.on('message', (message: BenchMessage) => {
    if (message.kind === 'figure') onFigure(message.figure);
    else told = message;
  });
  child.send({ name: bench.name, options } satisfies BenchOrder);
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  const last = told as BenchMessage | null;
  if (last?.kind === 'failed') return { state: 'failed', reason: last.reason };
  if (last?.kind === 'done' && code === 0) return { state: 'measured' };
  return { state: 'failed', reason: `Its process ended with ${signal ?? `code ${code}`}.` };
}
