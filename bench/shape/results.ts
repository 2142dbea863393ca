import type { OptionValues } from './bench.ts';
import type { Figure } from './figure.ts';

/** The machine that a bench ran on. */
export interface Machine {
  processor: string;
  cores: number;
  /** In bytes. */
  memory: number;
  kernel: string;
  node: string;
  git: string;
}

/** When, where and of what something was measured. */
export interface Run {
  /** ISO 8601, in UTC. */
  startedAt: string;
  /** The commit that was checked out; `null` outside a repository. */
  commit: string | null;
  /** Whether files differed from that commit. */
  changed: boolean;
  quick: boolean;
  machine: Machine;
  /** The load average of the last minute, before anything was measured. */
  loadBefore: number;
}

/** How a bench ended. */
export type Outcome =
  | { state: 'measured' }
  /** What it had measured before is kept. */
  | { state: 'failed'; reason: string }
  | { state: 'skipped'; reason: string };

/** What came of a bench. */
export type BenchResult = Outcome & {
  name: string;
  measures: string;
  options: OptionValues;
  seconds: number;
  figures: readonly Figure[];
  run: Run;
};

/** What `results.json` contains. */
export interface Results {
  format: 1;
  benches: readonly BenchResult[];
}

/** Above this load of each core, something else was running. */
const quietLoad = 0.25;

/** Whether nothing else was running before. */
export function wasQuiet({ loadBefore, machine }: Run): boolean {
  return loadBefore <= quietLoad * machine.cores;
}

/** The results of earlier runs with those of this one in their places, in the order of the names. */
export function merge(
  earlier: readonly BenchResult[],
  newer: readonly BenchResult[],
  names: readonly string[],
): Results {
  const of = new Map([...earlier, ...newer].map((result) => [result.name, result]));
  return { format: 1, benches: names.flatMap((name) => of.get(name) ?? []) };
}
