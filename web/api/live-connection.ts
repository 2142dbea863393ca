/** News of one of the things that a stream follows: the name and the data of an event. */
export interface LiveEvent {
  follow: string;
  event: string;
  data: unknown;
}

/** Who hears what a connection says. */
export interface LiveHearer {
  hear: (event: LiveEvent) => void;
  /** Whether Gitward answers. */
  answers: (isReachable: boolean) => void;
  /** The stream was refused; a browser does not say why. The session may have ended. */
  refused: () => void;
}

/** How long to wait before a refused stream is tried again, in milliseconds. A browser reconnects to others by itself. */
const retryAfter = 5_000;
/** Pages that change together are followed together, in milliseconds. */
const together = 20;
/** The API follows no more by one stream. */
const mostFollowed = 40;

/** One stream of server-sent events about everything that is followed; it is opened anew when that changes. */
export class LiveConnection {
  readonly #hearer: LiveHearer;
  #source: EventSource | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #follows: readonly string[] = [];

  constructor(hearer: LiveHearer) {
    this.#hearer = hearer;
  }

  /** Follows these, the last ones if they are too many, and says of each how it is now. */
  follow(follows: readonly string[]): void {
    this.#follows = follows.slice(-mostFollowed);
    this.#later(together);
  }

  #later(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#open(), milliseconds);
  }

  #open(): void {
    this.#source?.close();
    this.#source = null;
    if (this.#follows.length === 0) return;
    const { hear, answers, refused } = this.#hearer;
    const query = new URLSearchParams(this.#follows.map((follow) => ['follow', follow]));
    const source = new EventSource(`/v1/live?${query.toString()}`);
    this.#source = source;
    source.onopen = () => answers(true);
    source.onerror = () => {
      if (!navigator.onLine || source.readyState === EventSource.CONNECTING) answers(false);
      if (source.readyState !== EventSource.CLOSED) return;
      // After a refusal a browser does not try again.
      this.#later(retryAfter);
      refused();
    };
    for (const event of ['status', 'change', 'gone'])
      source.addEventListener(event, ({ data }: MessageEvent<string>) =>
        hear({ ...(JSON.parse(data) as Pick<LiveEvent, 'follow' | 'data'>), event }),
      );
  }
}
