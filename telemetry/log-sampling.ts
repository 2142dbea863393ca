import { createHash } from 'node:crypto';

/** As many changes wait at times without anything being wrong. */
const usualBacklog = 200;

/** Counting more would not make the log any shorter: see {@link sampleRate}. */
export const mostCounted = 100_000;

/** How long a backlog that was read counts, in milliseconds. */
const freshFor = 15_000;

/**
 * Of how many successes the log tells one. `oneIn` is the setting, which holds while up to 200 changes wait; each time
 * that twice as many wait, half as many are told. If all are to be told (1), all are.
 */
export function sampleRate(oneIn: number, backlog: number): number {
  if (oneIn === 1) return 1;
  const waiting = Math.min(Math.max(backlog, usualBacklog), mostCounted);
  return oneIn * 2 ** Math.ceil(Math.log2(waiting / usualBacklog));
}

/**
 * Whether what has this key (a trace, an event, a request) is told of at this rate. Decided by the key alone, so that
 * everybody who sees it decides alike, and what is told of at a rate is also told of at every lower one.
 */
export function isSampled(key: string, rate: number): boolean {
  const hash = createHash('sha256').update(key).digest().readUInt32BE();
  return hash < 2 ** 32 / rate;
}

/** Decides which successes the log tells of, by the setting and by what waits. */
export class LogSampling {
  readonly #oneIn: number;
  readonly #countBacklog: (most: number) => Promise<number>;
  #backlog = 0;
  #readAt = -Infinity;

  /** `countBacklog` counts what waits, up to `most`; it is asked at most every 15 s, and nobody waits for it. */
  constructor(oneIn: number, countBacklog: (most: number) => Promise<number>) {
    this.#oneIn = oneIn;
    this.#countBacklog = countBacklog;
  }

  /** Of how many the one with this key is to be told; `null` if it is left out. */
  decide(key: string): number | null {
    this.#refresh();
    const rate = sampleRate(this.#oneIn, this.#backlog);
    return isSampled(key, rate) ? rate : null;
  }

  #refresh(): void {
    if (this.#oneIn === 1 || performance.now() - this.#readAt < freshFor) return;
    this.#readAt = performance.now();
    // If the database does not answer, the last figure counts: the log is no reason to fail.
    this.#countBacklog(mostCounted).then(
      (count) => (this.#backlog = count),
      () => undefined,
    );
  }
}
