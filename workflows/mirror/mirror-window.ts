import type { MirrorCarried } from '../messages.ts';
import { span } from '../streams/story.ts';
import type { Deadline } from '../streams/stream-rules.ts';

/** A window that has ended, but whose batch has not been made yet. Times are epoch milliseconds. */
export interface EndedWindow {
  /** Identifies the batch, however many attempts it takes. */
  key: string;
  openedAt: number;
  closedAt: number;
  catchUp: boolean;
}

/** What a run knows about its windows when it begins, and hands over to the next run. */
export type CarriedWindow = Omit<MirrorCarried, 'deliverWanted'>;

const nothingCarried: CarriedWindow = {
  windowOpenedAt: null,
  windowClosesAt: null,
  rung: false,
  syncWanted: false,
  catchUpWanted: false,
};

/**
 * The window in which a mirror's changes are collected, and the requests for it. Only one batch is made
 * at a time: after a window has ended, no other opens until its batch is made.
 */
export class MirrorWindow {
  readonly #length: number;
  readonly #newKey: () => string;
  readonly #wishes: CarriedWindow;
  #ended: EndedWindow | null = null;

  /** `length` is in milliseconds; `newKey` makes the keys of windows. */
  constructor(length: number, newKey: () => string, carried: CarriedWindow = nothingCarried) {
    const { windowOpenedAt, windowClosesAt, rung, syncWanted, catchUpWanted } = carried;
    this.#length = length;
    this.#newKey = newKey;
    this.#wishes = { windowOpenedAt, windowClosesAt, rung, syncWanted, catchUpWanted };
  }

  /** When the open window ends by itself; `null` if none is open. */
  get closesAt(): number | null {
    return this.#wishes.windowClosesAt;
  }

  /** Whether changes are waiting in a window or for one to open. */
  get gathering(): boolean {
    return this.#wishes.rung || this.closesAt !== null;
  }

  /** The window that has ended, until its batch is made. */
  get ended(): EndedWindow | null {
    return this.#ended;
  }

  /** Notes that changes are waiting (`rung`), or that somebody does not want to wait for the window to end. */
  wish(what: 'rung' | 'syncWanted' | 'catchUpWanted'): void {
    this.#wishes[what] = true;
  }

  /** Opens a window if one was requested and none is open or being made into a batch. */
  open(now: number): void {
    const { rung, syncWanted, catchUpWanted } = this.#wishes;
    if (this.#ended !== null || !(rung || syncWanted || catchUpWanted)) return;
    this.#wishes.windowOpenedAt ??= now;
    this.#wishes.windowClosesAt ??= this.#wishes.windowOpenedAt + this.#length;
  }

  /** The end of the open window; at once if somebody does not want to wait. */
  deadline(): Deadline | null {
    const { windowOpenedAt, windowClosesAt, syncWanted, catchUpWanted } = this.#wishes;
    if (windowOpenedAt === null || windowClosesAt === null) return null;
    const at = syncWanted || catchUpWanted ? windowOpenedAt : windowClosesAt;
    return { at, summary: `Collect changes for ${span(this.#length)}` };
  }

  /** Ends the open window. */
  end(now: number): void {
    const { windowOpenedAt, catchUpWanted } = this.#wishes;
    this.#ended = {
      key: this.#newKey(),
      openedAt: windowOpenedAt ?? now,
      closedAt: now,
      catchUp: catchUpWanted,
    };
    Object.assign(this.#wishes, nothingCarried);
  }

  /** The batch of the ended window has been made. */
  made(): void {
    this.#ended = null;
  }

  /** What the next run needs to know. It ends a window whose batch was not made at once. */
  get carried(): CarriedWindow {
    if (this.#ended === null) return { ...this.#wishes };
    return {
      ...this.#wishes,
      rung: true,
      catchUpWanted: this.#wishes.catchUpWanted || this.#ended.catchUp,
      windowOpenedAt: this.#ended.openedAt,
      windowClosesAt: this.#ended.closedAt,
    };
  }
}
