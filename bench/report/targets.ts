import { meetsTarget } from '../shape/figure.ts';
import type { BenchResult } from '../shape/results.ts';

/** How many figures have a target, and how many of those meet it. */
export interface Targets {
  set: number;
  met: number;
}

/** Counts the targets of these benches. */
export function countTargets(results: readonly BenchResult[]): Targets {
  const judged = results
    .flatMap(({ figures }) => figures.map(meetsTarget))
    .filter((met) => met !== null);
  return { set: judged.length, met: judged.filter((met) => met).length };
}

/** `3 of 4 targets met`; nothing if there is none. */
export function targetsText({ set, met }: Targets): string {
  return set === 0 ? '' : `${met} of ${set} targets met`;
}
