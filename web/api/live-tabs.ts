import { LiveConnection, type LiveEvent, type LiveHearer } from './live-connection.ts';

/** What the tabs of a browser tell each other. */
type Message =
  /** What a tab shows now; nothing when it is left. */
  | { kind: 'shows'; tab: string; follows: string[] }
  /** The tab that has the connection is another one now, and asks what the others show. */
  | { kind: 'asks' }
  | ({ kind: 'event' } & LiveEvent)
  | { kind: 'answers'; isReachable: boolean }
  | { kind: 'refused' };

const name = 'gitward-live';

/**
 * Lets all tabs of a browser share one connection: it may have only six to a server over HTTP/1.1, and the server reads
 * once for all of them. The tab that holds a lock has the connection and passes on what it hears; when it is left, the
 * browser gives the lock to the next one. Each tab holds a lock of its own, too, so that one that crashed is forgotten.
 */
export class LiveTabs {
  readonly #tab = crypto.randomUUID();
  readonly #channel = new BroadcastChannel(name);
  readonly #hearer: LiveHearer;
  /** Of the tab that has the connection: what each tab shows. */
  #shown: Map<string, string[]> | null = null;
  #own: string[] = [];
  readonly #connection: LiveConnection;

  constructor(hearer: LiveHearer) {
    this.#hearer = hearer;
    this.#connection = new LiveConnection({
      hear: (event) => {
        hearer.hear(event);
        this.#send({ kind: 'event', ...event });
      },
      answers: (isReachable) => {
        hearer.answers(isReachable);
        this.#send({ kind: 'answers', isReachable });
      },
      refused: () => {
        hearer.refused();
        this.#send({ kind: 'refused' });
      },
    });
    this.#channel.onmessage = ({ data }: MessageEvent<Message>) => this.#receive(data);
    addEventListener('pagehide', () => this.#show([]));
    addEventListener('pageshow', ({ persisted }) => persisted && this.#show(this.#own));
    // Who has no lock is forgotten, so this comes before anything is said.
    void navigator.locks.request(lockOf(this.#tab), () => {
      this.#show(this.#own);
      void navigator.locks.request(name, () => this.#lead());
      return forever;
    });
  }

  #lead(): Promise<never> {
    this.#shown = new Map();
    this.#note(this.#tab, this.#own);
    this.#send({ kind: 'asks' });
    return forever;
  }

  /** Says what this tab shows; each of it is told how it is now. */
  follow(follows: string[]): void {
    this.#own = follows;
    this.#show(follows);
  }

  #show(follows: string[]): void {
    this.#note(this.#tab, follows);
    this.#send({ kind: 'shows', tab: this.#tab, follows });
  }

  #receive(message: Message): void {
    switch (message.kind) {
      case 'event':
        this.#hearer.hear(message);
        break;
      case 'answers':
        this.#hearer.answers(message.isReachable);
        break;
      case 'refused':
        this.#hearer.refused();
        break;
      case 'asks':
        this.#show(this.#own);
        break;
      case 'shows':
        this.#note(message.tab, message.follows);
        break;
    }
  }

  #note(tab: string, follows: string[]): void {
    const shown = this.#shown;
    if (shown === null) return;
    // The last one comes last, which counts where there are too many.
    shown.delete(tab);
    if (follows.length > 0) shown.set(tab, follows);
    void this.#forgetCrashed(shown).then(() =>
      this.#connection.follow([...new Set([...shown.values()].flat())]),
    );
  }

  async #forgetCrashed(shown: Map<string, string[]>): Promise<void> {
    const { held = [], pending = [] } = await navigator.locks.query();
    const alive = new Set([...held, ...pending].map((lock) => lock.name));
    for (const tab of shown.keys()) if (!alive.has(lockOf(tab))) shown.delete(tab);
  }

  #send(message: Message): void {
    this.#channel.postMessage(message);
  }
}

function lockOf(tab: string): string {
  return `${name}-${tab}`;
}

/** Locks are held until the tab is left. */
const forever = new Promise<never>(() => undefined);
