import type { Figure } from '../../bench/shape/figure.ts';
import type { BenchResult, Run } from '../../bench/shape/results.ts';

/** A run on a machine where nothing else was running. */
export const quietRun: Run = {
  startedAt: '2026-11-30T20:00:00.000Z',
  commit: '0123456789abcdef0123456789abcdef01234567',
  changed: false,
  quick: false,
  machine: {
    ...{ processor: 'Example CPU', cores: 2, memory: 8e9, kernel: 'Linux 6.1', node: 'v20.20.0' },
    git: '2.39.5',
  },
  loadBefore: 0.1,
};

/** A figure of 11 rounds. */
export function figureOf(of: Partial<Figure> = {}): Figure {
  return { name: 'one file', unit: 'ms', value: 100, spread: [90, 140], rounds: 11, ...of };
}

/** A bench that was measured. */
export function resultOf(figures: readonly Figure[], of: Partial<BenchResult> = {}): BenchResult {
  return {
    ...{ name: 'delivery', measures: 'What a file costs.', options: { rounds: 11 }, seconds: 3 },
    ...{ state: 'measured', figures, run: quietRun },
    ...of,
  } as BenchResult;
}
