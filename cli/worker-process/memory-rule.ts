/** What to do with a process because of its memory. */
export type MemoryVerdict = 'fine' | 'stop' | 'kill';

const patience = 5_000;

/**
 * Judges the resident memory of a process. Above its limit for five seconds it is to stop in order: until then, a
 * garbage collection may still help. Above twice its limit it is to be killed, before the machine runs out of memory.
 */
export class MemoryRule {
  readonly #limit: number;
  #aboveSince: number | null = null;

  /** The limit is in bytes. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Judges a reading of `bytes` at `now` (epoch milliseconds). */
  judge(bytes: number, now: number): MemoryVerdict {
    if (bytes > 2 * this.#limit) return 'kill';
    if (bytes <= this.#limit) {
      this.#aboveSince = null;
      return 'fine';
    }
    this.#aboveSince ??= now;
    return now - this.#aboveSince >= patience ? 'stop' : 'fine';
  }
}
