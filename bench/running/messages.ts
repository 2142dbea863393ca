import type { OptionValues } from '../shape/bench.ts';
import type { Figure } from '../shape/figure.ts';

/** What the process of a bench is told, once. */
export interface BenchOrder {
  name: string;
  options: OptionValues;
}

/** What it tells. */
export type BenchMessage =
  { kind: 'figure'; figure: Figure } | { kind: 'failed'; reason: string } | { kind: 'done' };
