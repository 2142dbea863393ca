const shortest = 60_000;
const longest = 15 * 60_000;

/** A workflow with work that nobody has started. */
export interface Forgotten {
  workflowId: string;
}

/**
 * Decides which forgotten workflows to ring now. One that stays forgotten is rung again after 1, 2,
 * 4, … and finally every 15 minutes: a long outage must not fill the workflow's history with
 * signals.
 */
export class RingPacer {
  readonly #rung = new Map<string, { at: number; wait: number }>();

  /**
   * Those of `forgotten` that are due at `now` (epoch milliseconds). A workflow that is not in
   * `forgotten` starts from the beginning next time.
   */
  due<T extends Forgotten>(forgotten: readonly T[], now: number): T[] {
    const ids = new Set(forgotten.map(({ workflowId }) => workflowId));
    for (const id of this.#rung.keys()) if (!ids.has(id)) this.#rung.delete(id);
    return forgotten.filter(({ workflowId }) => {
      const last = this.#rung.get(workflowId);
      return last === undefined || now >= last.at + last.wait;
    });
  }

  /** Records that a ring was delivered. */
  rang({ workflowId }: Forgotten, now: number): void {
    const last = this.#rung.get(workflowId);
    const wait = last === undefined ? shortest : Math.min(last.wait * 2, longest);
    this.#rung.set(workflowId, { at: now, wait });
  }
}
