import type { DatabaseFigures } from './figures.ts';

/** What was read some time ago, for all who ask. */
export interface Kept<Value> {
  /** `null`: it was never read. */
  value: Value | null;
  /** When its reading began. */
  readAt: Date | null;
  /** Whether the last reading succeeded. */
  isFresh: boolean;
  /** How old it is, in milliseconds; `Infinity` if it was never read. */
  age: number;
}

/** The figures of the whole installation that metrics tell, for others who show them. */
export interface FiguresReader {
  /** Never rejects; waits for a reading for 3 s at most. */
  figures(): Promise<Kept<DatabaseFigures>>;
}
