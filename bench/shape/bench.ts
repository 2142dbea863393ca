import type { Figure } from './figure.ts';
import type { BenchOption, OptionValue } from './option.ts';

/** The values of a bench's options, by name. */
export type OptionValues = Record<string, OptionValue>;

/** What every bench is. It runs in a process of its own. */
export interface Bench<O extends OptionValues = OptionValues> {
  /** What it is called on the command line: lower case with hyphens. */
  name: string;
  /** What it measures, in a sentence or two. */
  measures: string;
  options: { [K in keyof O]: BenchOption<O[K]> };
  /** Whether its process can collect garbage when it wants to (`--expose-gc`). */
  exposesGc?: true;
  /** Says why it cannot run here, in a sentence; `null` if it can. */
  unable?(): string | null;
  /**
   * Measures, and yields each figure as soon as it is known: those of a bench that fails later are kept. What it starts, it ends,
   * also if it fails.
   */
  measure(options: O): AsyncGenerator<Figure, void, undefined>;
}

/** A bench whose options have the types that its measuring expects. */
export function defineBench<O extends OptionValues>(bench: Bench<O>): Bench {
  return bench;
}
