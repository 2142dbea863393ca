/** Choices determined by a seed: the same seed gives the same choices. */
export class SeededRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
    // Otherwise, similar seeds would start alike.
    for (let round = 0; round < 4; round++) this.below(2);
  }

  /** A whole number from 0 to `limit - 1` (Mulberry32, public domain, T. Ettinger). */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  /** True with a chance of one in `chances`. */
  oneIn(chances: number): boolean {
    return this.below(chances) === 0;
  }

  /** One of these choices. Throws if there are none. */
  of<T>(choices: readonly T[]): T {
    const choice = choices[this.below(choices.length)];
    if (choice === undefined) throw new Error('There is nothing to choose from.');
    return choice;
  }

  /** At most `most` of these choices, possibly with repetitions. */
  some<T>(choices: readonly T[], most: number): T[] {
    return Array.from({ length: this.below(most + 1) }, () => this.of(choices));
  }
}
