import type { Db } from '../../../db/connect.ts';
import { isSaveWaiting } from '../../../db/knowledge/save-marks.ts';

/** A save that somebody waits for. */
export interface AwaitedSave {
  spaceId: string;
  saveId: string;
}

/** How long waits may take, in milliseconds. */
export interface WaitTimings {
  /** Until the answer is that it still waits; 30 s unless told. */
  patience?: number;
  /** Between two looks where nobody tells of saves; 1 s unless told. */
  unheardInterval?: number;
  /** Between two looks where somebody does, in case that a word was lost; 5 s unless told. */
  heardInterval?: number;
}

/** Waits of a process at once; what is beyond is answered without. */
const most = 1_000;

/**
 * Those who wait until their save is on the remote. Somebody tells when saves of a space are ({@link SaveWaits.settled});
 * only then each looks at its own. Where nobody listens for that, each looks every second.
 */
export class SaveWaits {
  readonly #db: Db;
  readonly #timings: Required<WaitTimings>;
  /** Those who sleep until something is told, by their spaces. */
  readonly #sleepers = new Map<string, Set<() => void>>();
  #count = 0;
  #listening = false;

  constructor(db: Db, timings: WaitTimings = {}) {
    this.#db = db;
    this.#timings = { patience: 30_000, unheardInterval: 1_000, heardInterval: 5_000, ...timings };
  }

  /** Saves of this space wait no more: its waiters look. */
  settled(spaceId: string): void {
    for (const wake of this.#sleepers.get(spaceId) ?? []) wake();
  }

  /** Whether somebody tells from now on. What was missed before is looked for now. */
  listening(now: boolean): void {
    this.#listening = now;
    for (const spaceId of this.#sleepers.keys()) this.settled(spaceId);
  }

  /**
   * Waits until a save is on the remote, became a conflict or turned out to be unneeded; answers whether it did in time.
   * It did not where `gone` is aborted (nobody reads the answer), or where too many wait already.
   */
  async untilDecided({ spaceId, saveId }: AwaitedSave, gone: AbortSignal): Promise<boolean> {
    if (this.#count >= most) return !(await isSaveWaiting(this.#db, saveId));
    const deadline = Date.now() + this.#timings.patience;
    this.#count += 1;
    try {
      for (;;) {
        // Before the look: what is told meanwhile ends the sleep.
        const sleeper = this.#fallAsleep(spaceId, gone);
        try {
          if (!(await isSaveWaiting(this.#db, saveId))) return true;
          const left = deadline - Date.now();
          if (left <= 0 || gone.aborted) return false;
          await sleeper.within(Math.min(left, this.#interval));
        } finally {
          sleeper.leave();
        }
      }
    } finally {
      this.#count -= 1;
    }
  }

  get #interval(): number {
    return this.#listening ? this.#timings.heardInterval : this.#timings.unheardInterval;
  }

  #fallAsleep(
    spaceId: string,
    gone: AbortSignal,
  ): { within: (milliseconds: number) => Promise<void>; leave: () => void } {
    let wake: () => void = () => undefined;
    const woken = new Promise<void>((resolve) => (wake = resolve));
    let timer: NodeJS.Timeout | undefined;
    const sleepers = this.#sleepers.get(spaceId) ?? new Set();
    this.#sleepers.set(spaceId, sleepers.add(wake));
    gone.addEventListener('abort', wake);
    return {
      within: (milliseconds) => {
        timer = setTimeout(wake, milliseconds);
        return woken;
      },
      leave: () => {
        clearTimeout(timer);
        gone.removeEventListener('abort', wake);
        sleepers.delete(wake);
        if (sleepers.size === 0) this.#sleepers.delete(spaceId);
      },
    };
  }
}
