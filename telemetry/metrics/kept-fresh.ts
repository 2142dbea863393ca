import pTimeout from 'p-timeout';

/** When {@link KeptFresh} works; all in milliseconds. */
export interface FreshnessOptions {
  /** The least time between the beginnings of two readings. */
  every: number;
  /** How long somebody who asks waits for a reading. */
  patience: number;
}

/** How fresh something is. */
export interface Freshness {
  /** Whether the last reading succeeded, and nobody is waiting for another one for too long. */
  up: boolean;
  /** The time since the last successful reading began, in milliseconds; `Infinity` if there was none. */
  age: number;
}

/** Keeps something fresh for whoever asks: one reading at a time, however many ask, and not more often than agreed. */
export class KeptFresh {
  readonly #refresh: () => Promise<void>;
  readonly #options: FreshnessOptions;
  #beganAt = -Infinity;
  #freshAt = -Infinity;
  #succeeded = false;
  /** Whether somebody was told of the failure that lasts. */
  #told = false;
  #reading: Promise<void> | null = null;

  /** `refresh` reads it, and keeps what it read; what it rejects with is told by `onProblem`. */
  constructor(
    refresh: () => Promise<void>,
    { onProblem, ...options }: FreshnessOptions & { onProblem: (error: unknown) => void },
  ) {
    this.#options = options;
    this.#refresh = async () => {
      const beganAt = performance.now();
      try {
        await refresh();
        this.#freshAt = beganAt;
        this.#succeeded = true;
        this.#told = false;
      } catch (error) {
        if (!this.#told) onProblem(error);
        this.#succeeded = false;
        this.#told = true;
      }
    };
  }

  /** Reads anew if it is time for that, and waits for it with patience; never rejects. */
  async keep(): Promise<Freshness> {
    const now = performance.now();
    if (this.#reading === null && now - this.#beganAt >= this.#options.every) {
      this.#beganAt = now;
      this.#reading = this.#refresh().finally(() => (this.#reading = null));
    }
    const reading = this.#reading ?? Promise.resolve();
    const inTime = await pTimeout(
      reading.then(() => true),
      { milliseconds: this.#options.patience, fallback: () => false },
    );
    return { up: inTime && this.#succeeded, age: performance.now() - this.#freshAt };
  }
}
