import type { Db } from '../../../db/connect.ts';
import { isSaveWaiting } from '../../../db/knowledge/save-marks.ts';
import type { News } from '../../../db/news.ts';

/** A save that a request is waiting for. */
export interface AwaitedSave {
  spaceId: string;
  saveId: string;
}

/** How long waits may take, in milliseconds. */
export interface WaitTimings {
  /** How long to wait before answering that the save is still waiting; defaults to 30 s. */
  patience?: number;
  /** Time between two checks while no news arrives; defaults to 1 s. */
  unheardInterval?: number;
  /** Time between two checks while news arrives, in case some gets lost; defaults to 5 s. */
  heardInterval?: number;
}

/**
 * The most requests of a process that wait at once; more than that are answered without waiting.
 */
const most = 1_000;

/**
 * The requests that wait until their save is on the remote. When there is news about the saves of a
 * space, each request that waits for that space checks its own save. While no news arrives, each
 * checks every second.
 */
export class SaveWaits {
  readonly #db: Db;
  readonly #news: News;
  readonly #timings: Required<WaitTimings>;
  #count = 0;

  constructor(db: Db, news: News, timings: WaitTimings = {}) {
    this.#db = db;
    this.#news = news;
    this.#timings = { patience: 30_000, unheardInterval: 1_000, heardInterval: 5_000, ...timings };
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
    // Before the first check, so that news during a check ends the wait after it.
    const subscription = this.#news.subscribe(`saves/${spaceId}`);
    try {
      for (;;) {
        if (!(await isSaveWaiting(this.#db, saveId))) return true;
        const left = deadline - Date.now();
        if (left <= 0 || gone.aborted) return false;
        await subscription.next(Math.min(left, this.#interval), gone);
      }
    } finally {
      subscription.close();
      this.#count -= 1;
    }
  }

  get #interval(): number {
    return this.#news.listening ? this.#timings.heardInterval : this.#timings.unheardInterval;
  }
}
