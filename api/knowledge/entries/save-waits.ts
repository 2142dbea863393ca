import type { Db } from '../../../db/connect.ts';
import { isSaveWaiting } from '../../../db/knowledge/save-marks.ts';

/** A save that a request is waiting for. */
export interface AwaitedSave {
  spaceId: string;
  saveId: string;
}

/** How long waits may take, in milliseconds. */
export interface WaitTimings {
  /** How long to wait before answering that the save is still waiting; defaults to 30 s. */
  patience?: number;
  /** Time between two checks while there are no notifications about saves; defaults to 1 s. */
  unheardInterval?: number;
  /**
   * Time between two checks while there are notifications, in case one gets lost; defaults to 5 s.
   */
  heardInterval?: number;
}

/**
 * The most requests of a process that wait at once; more than that are answered without waiting.
 */
const most = 1_000;

/**
 * The requests that wait until their save is on the remote. When a notification says that saves of
 * a space are ({@link SaveWaits.settled}), each request that waits for that space checks its own
 * save. While there are no notifications, each checks every second.
 */
export class SaveWaits {
  readonly #db: Db;
  readonly #timings: Required<WaitTimings>;
  /** Wakes the requests that sleep until a notification, by space. */
  readonly #sleepers = new Map<string, Set<() => void>>();
  #count = 0;
  #listening = false;

  constructor(db: Db, timings: WaitTimings = {}) {
    this.#db = db;
    this.#timings = { patience: 30_000, unheardInterval: 1_000, heardInterval: 5_000, ...timings };
  }

  /**
   * Call it when saves of this space are no longer waiting: requests that wait for the space check
   * theirs.
   */
  settled(spaceId: string): void {
    for (const wake of this.#sleepers.get(spaceId) ?? []) wake();
  }

  /**
   * Call it with whether there will be notifications from now on. All requests check once, in case
   * they missed one.
   */
  listening(now: boolean): void {
    this.#listening = now;
    for (const spaceId of this.#sleepers.keys()) this.settled(spaceId);
  }

  /**
   * Waits until a save is on the remote, has become a conflict or has turned out to be unnecessary;
   * returns whether that happened in time. Stops waiting if `gone` is aborted (nobody reads the
   * answer), and does not wait at all if too many requests are already waiting.
   */
  async untilDecided({ spaceId, saveId }: AwaitedSave, gone: AbortSignal): Promise<boolean> {
    if (this.#count >= most) return !(await isSaveWaiting(this.#db, saveId));
    const deadline = Date.now() + this.#timings.patience;
    this.#count += 1;
    try {
      for (;;) {
        // Before the check, so that a notification during the check ends the sleep.
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
