import type { MirrorCarried } from '../messages.ts';
import { span } from '../streams/story.ts';
import type { Deadline } from '../streams/stream-rules.ts';

/** A window that has ended and whose batch is not made yet. Times are epoch milliseconds. */
export interface EndedWindow {
  /** Names the batch, however often it is tried. */
  key: string;
  openedAt: number;
  closedAt: number;
  catchUp: boolean;
}

/** What a run knows of its windows when it begins, and hands to the next. */
export type CarriedWindow = Omit<MirrorCarried, 'deliverWanted'>;

const nothingCarried: CarriedWindow = {
  windowOpenedAt: null,
  windowClosesAt: null,
  rung: false,
  syncWanted: false,
  catchUpWanted: false,
};

/**
 * The window in which a mirror's changes gather, and what was wished for it. One window's batch is made
 * at a time: while one has ended and is not made, no other opens.
 */
export class MirrorWindow {
  readonly #length: number;
  readonly #newKey: () => string;
  readonly #wishes: CarriedWindow;
  #ended: EndedWindow | null = null;

  /** `length` in milliseconds; `newKey` makes the keys that name windows. */
  constructor(length: number, newKey: () => string, carried: CarriedWindow = nothingCarried) {
    const { windowOpenedAt, windowClosesAt, rung, syncWanted, catchUpWanted } = carried;
    this.#length = length;
    this.#newKey = newKey;
    this.#wishes = { windowOpenedAt, windowClosesAt, rung, syncWanted, catchUpWanted };
  }

  /** When the open window ends by itself; `null` where none is open. */
  get closesAt(): number | null {
    return this.#wishes.windowClosesAt;
  }

  /** Whether changes wait for a window, or in one. */
  get gathering(): boolean {
    return this.#wishes.rung || this.closesAt !== null;
  }

  /** The window that has ended, until its batch is made. */
  get ended(): EndedWindow | null {
    return this.#ended;
  }

  /** Notes that changes wait (`rung`), or that somebody cannot wait for the window's end. */
  wish(what: 'rung' | 'syncWanted' | 'catchUpWanted'): void {
    this.#wishes[what] = true;
  }

  /** Opens a window where one is wished for, and none is open or being made into a batch. */
  open(now: number): void {
    const { rung, syncWanted, catchUpWanted } = this.#wishes;
    if (this.#ended !== null || !(rung || syncWanted || catchUpWanted)) return;
    this.#wishes.windowOpenedAt ??= now;
    this.#wishes.windowClosesAt ??= this.#wishes.windowOpenedAt + this.#length;
  }

  /** The end of the open window: at once where somebody cannot wait. */
  deadline(): Deadline | null {
    const { windowOpenedAt, windowClosesAt, syncWanted, catchUpWanted } = this.#wishes;
    if (windowOpenedAt === null || windowClosesAt === null) return null;
    const at = syncWanted || catchUpWanted ? windowOpenedAt : windowClosesAt;
    return { at, summary: `Gather changes for ${span(this.#length)}` };
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

  /** The ended window's batch is made. */
  made(): void {
    this.#ended = null;
  }

  /** What the next run has to know. A window whose batch was not made is ended by it at once. */
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
