import { listen, type Listener, type ListenOptions } from './listen.ts';

/**
 * What news can be about. Triggers of the database send these as the payloads of notifications;
 * `mirror/<project>/<branch>` is the mirror's stream.
 */
export type Topic =
  | `mirror/${string}/${string}`
  /** A space, what waits in it, or its outages. */
  | `space/${string}`
  | `operation/${string}`
  /** The saves of a space: some are no longer waiting. */
  | `saves/${string}`
  /** A token was revoked. */
  | `token/${string}`
  /** A person may do something else than before. */
  | `person/${string}`
  /** A session is over. */
  | `session/${string}`;

/** Hears news about some topics from the moment it was created until it is closed. */
export interface Subscription {
  /**
   * Returns once there is news that came after the last call returned, or `milliseconds` are over,
   * or `stop` is aborted. There may be nothing new in the database: news only says where to look.
   */
  next(milliseconds: number, stop: AbortSignal): Promise<void>;
  /** Until it is closed, the subscription is kept. */
  close(): void;
}

/** Like a {@link Subscription}, for many topics: it also says which of them there is news about. */
export interface Watch {
  /**
   * Returns as a subscription does: the topics with news since the last call, none if there are
   * none, or `null` if there may be news about any of them.
   */
  next(milliseconds: number, stop: AbortSignal): Promise<ReadonlySet<string> | null>;
  /** Until it is closed, the watch is kept. */
  close(): void;
}

/** A watch with news about more topics than this says that there may be news about any. */
const topicsKept = 500;

/**
 * The news of the database for everybody in this process who waits for a change of it. While
 * {@link News.listening} is `false` no news arrives, so that one has to look at intervals.
 */
export class News {
  readonly #readers = new Map<string, Set<() => void>>();
  readonly #watchers = new Set<(topic: string | null) => void>();
  #listening = false;

  /** Whether news arrives. When this changes, all subscriptions are told, as by news. */
  get listening(): boolean {
    return this.#listening;
  }

  /** The number of open subscriptions, each counted once for each of its topics, and watches. */
  get size(): number {
    return [...this.#readers.values()].reduce((sum, { size }) => sum + size, this.#watchers.size);
  }

  /** Tells everybody who reads about this topic. */
  publish(topic: string): void {
    for (const tell of this.#readers.get(topic) ?? []) tell();
    for (const tell of this.#watchers) tell(topic);
  }

  /** Call it when news starts to arrive, and when it stops: in both cases some may be missing. */
  turn(listening: boolean): void {
    this.#listening = listening;
    for (const readers of this.#readers.values()) for (const tell of readers) tell();
    for (const tell of this.#watchers) tell(null);
  }

  /** Starts to hear news about any of these topics. The caller closes the subscription. */
  subscribe(...topics: Topic[]): Subscription {
    const { ring: tell, wait: next } = createBell();
    for (const topic of topics) {
      const readers = this.#readers.get(topic) ?? new Set();
      this.#readers.set(topic, readers.add(tell));
    }
    return {
      next,
      close: () => {
        for (const topic of topics) {
          const readers = this.#readers.get(topic);
          readers?.delete(tell);
          if (readers?.size === 0) this.#readers.delete(topic);
        }
      },
    };
  }

  /** Starts to hear news about all topics for which `wants` is true. The caller closes the watch. */
  watch(wants: (topic: string) => boolean): Watch {
    const { ring, wait } = createBell();
    let topics: Set<string> | null = new Set();
    const tell = (topic: string | null) => {
      if (topic !== null && !wants(topic)) return;
      if (topic === null || topics?.size === topicsKept) topics = null;
      else topics?.add(topic);
      ring();
    };
    this.#watchers.add(tell);
    return {
      async next(milliseconds, stop) {
        await wait(milliseconds, stop);
        const heard = topics;
        topics = new Set();
        return heard;
      },
      close: () => void this.#watchers.delete(tell),
    };
  }
}

/** Lets one waiter know that something happened, also if it happened before the waiter came. */
function createBell(): {
  ring: () => void;
  wait: (milliseconds: number, stop: AbortSignal) => Promise<void>;
} {
  let rang = false;
  let wake: () => void = () => undefined;
  return {
    ring: () => {
      rang = true;
      wake();
    },
    async wait(milliseconds, stop) {
      if (!rang && !stop.aborted) {
        const woken = new Promise<void>((resolve) => (wake = resolve));
        const timer = setTimeout(wake, milliseconds);
        stop.addEventListener('abort', wake);
        await woken;
        clearTimeout(timer);
        stop.removeEventListener('abort', wake);
      }
      rang = false;
    },
  };
}

/** Publishes the notifications of the database as news, until the listener is closed. */
export function listenToNews(
  news: News,
  options: Omit<ListenOptions, 'channel' | 'onNotice' | 'onTurn'>,
): Listener {
  return listen({
    ...options,
    // The triggers of migrations 14 and 20 send to it.
    channel: 'gitward_news',
    onNotice: (topic) => news.publish(topic),
    onTurn: (listening) => news.turn(listening),
  });
}
