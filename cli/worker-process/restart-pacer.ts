const shortest = 1_000;
const longest = 60_000;
const healthyAfter = 5 * 60_000;

/**
 * Decides how long to wait before a process that has ended is started again: 1, 2, 4, … and finally 60 s. After it
 * ran for five minutes, this starts from the beginning.
 */
export class RestartPacer {
  #next = shortest;

  /** The time to wait, in milliseconds, after the process ran for `ranFor` milliseconds. */
  waitAfter(ranFor: number): number {
    const wait = ranFor >= healthyAfter ? shortest : this.#next;
    this.#next = Math.min(wait * 2, longest);
    return wait;
  }
}
