const shortest = 60_000;
const longest = 15 * 60_000;

/** What has work that nobody began, by its workflow's id. */
export interface Forgotten {
  workflowId: string;
}

/**
 * Says which of what was forgotten is to be rung now. What stays forgotten is rung after 1, 2, 4, … and
 * at last every 15 minutes: a long outage must not fill its workflow's history with signals.
 */
export class RingPacer {
  readonly #rung = new Map<string, { at: number; wait: number }>();

  /** Those of `forgotten` that are due at `now` (epoch milliseconds). What is not among them starts anew. */
  due<T extends Forgotten>(forgotten: readonly T[], now: number): T[] {
    const ids = new Set(forgotten.map(({ workflowId }) => workflowId));
    for (const id of this.#rung.keys()) if (!ids.has(id)) this.#rung.delete(id);
    return forgotten.filter(({ workflowId }) => {
      const last = this.#rung.get(workflowId);
      return last === undefined || now >= last.at + last.wait;
    });
  }

  /** Notes that the ring was taken. */
  rang({ workflowId }: Forgotten, now: number): void {
    const last = this.#rung.get(workflowId);
    const wait = last === undefined ? shortest : Math.min(last.wait * 2, longest);
    this.#rung.set(workflowId, { at: now, wait });
  }
}
