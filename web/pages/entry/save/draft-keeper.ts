/** What somebody has written so far, as a draft of the API takes it: the fields that differ and the body, or the whole file. */
export interface DraftContent {
  fields?: Record<string, unknown>;
  body?: string;
  text?: string;
}

/** How what was written is kept. */
export type KeptState =
  /** Nothing differs from what is kept. */
  | { kind: 'kept'; at: string | null }
  | { kind: 'waiting' }
  /** It is tried again by itself, unless a person has to do something (`isFinal`). */
  | { kind: 'failed'; error: Error; isFinal: boolean };

/** A draft that was stored. */
interface Stored {
  revision: number;
  updatedAt: string;
}

/** What a keeper needs. */
export interface KeeperParts<Draft extends Stored> {
  /** Stores the draft; `revision` is the one that was seen last. Throws what the API refuses. */
  put(content: DraftContent, revision: number): Promise<Draft>;
  /**
   * The draft as the server has it, if it is one of these that were sent without an answer; `null`: somebody else has
   * written it.
   */
  recover(lost: readonly DraftContent[], error: unknown): Promise<Draft | null>;
  /** Removes a draft that says nothing new. */
  discard(): Promise<void>;
  /** Keeps what the server does not have yet on this machine; `null`: it has everything. */
  backUp(content: DraftContent | null): void;
  /** Whether the same may work in a moment. */
  isPassing(error: unknown): boolean;
  onState(state: KeptState): void;
  onStored(draft: Draft): void;
}

/** So long one must not type until it is stored, and so long it may wait at most, in milliseconds. */
export const pause = 800;
export const longest = 4_000;
const retryAfter = 3_000;

/**
 * Keeps a draft while somebody writes it: on this machine at once, and at the server at each pause. One request is made at
 * a time, and none is lost: what was written meanwhile follows.
 */
export class DraftKeeper<Draft extends Stored> {
  readonly #parts: KeeperParts<Draft>;
  #revision: number;
  #read: (() => DraftContent | null) | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #since = 0;
  #sending: Promise<void> | null = null;
  #isEnded = false;
  /** What was sent, without knowing whether it was stored. */
  #lost: DraftContent[] = [];

  /** `revision`: of the draft that there is already; 0: none. */
  constructor(parts: KeeperParts<Draft>, revision: number) {
    this.#parts = parts;
    this.#revision = revision;
  }

  /** The revision that was seen last; 0: there is no draft. */
  get revision(): number {
    return this.#revision;
  }

  /** Takes over a draft that something else has written, such as a merge. */
  adopt(draft: Pick<Draft, 'revision'>): void {
    this.#revision = draft.revision;
  }

  /** Something was written. `read` is called when it is stored; `null`: nothing differs from the entry any more. */
  change(read: () => DraftContent | null): void {
    this.#read = read;
    if (this.#since === 0) this.#since = Date.now();
    this.#parts.onState({ kind: 'waiting' });
    this.#schedule(Math.max(0, Math.min(pause, this.#since + longest - Date.now())));
  }

  /** Stores what was written at once; resolves when everything is stored, and throws if it cannot be. */
  async flush(): Promise<void> {
    while (this.#read !== null || this.#sending !== null) {
      this.#sending ??= this.#send().finally(() => (this.#sending = null));
      await this.#sending;
    }
  }

  /** Ends: nothing is stored any more. What is not stored yet stays on this machine. */
  end(): void {
    this.#isEnded = true;
    this.#clear();
    const content = this.#read?.();
    if (content != null) this.#parts.backUp(content);
  }

  /** What was published or discarded is no draft any more. */
  forget(): void {
    this.#clear();
    this.#read = null;
    this.#revision = 0;
    this.#parts.backUp(null);
    this.#parts.onState({ kind: 'kept', at: null });
  }

  #schedule(delay: number): void {
    if (this.#isEnded) return;
    this.#clear();
    this.#timer = setTimeout(() => void this.flush().catch(() => undefined), delay);
  }

  #clear(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  async #send(): Promise<void> {
    const read = this.#read;
    if (read === null) return;
    const content = read();
    this.#parts.backUp(content);
    this.#read = null;
    this.#since = 0;
    this.#clear();
    try {
      if (content === null) await this.#discard();
      else {
        const draft = await this.#put(content);
        this.#revision = draft.revision;
        this.#lost = [];
        this.#parts.onStored(draft);
        this.#parts.onState(
          this.#isWritten() ? { kind: 'kept', at: draft.updatedAt } : { kind: 'waiting' },
        );
      }
      if (this.#isWritten()) this.#parts.backUp(null);
    } catch (error) {
      this.#read ??= read;
      const isFinal = !this.#parts.isPassing(error);
      if (!isFinal && content !== null) this.#lost.push(content);
      const failure = error instanceof Error ? error : new Error(String(error));
      this.#parts.onState({ kind: 'failed', error: failure, isFinal });
      if (!isFinal) this.#schedule(retryAfter);
      throw error;
    }
  }

  /** Stores it; what an answer was lost of may have been stored, and is no other window's. */
  async #put(content: DraftContent): Promise<Draft> {
    try {
      return await this.#parts.put(content, this.#revision);
    } catch (error) {
      const own = this.#lost.length === 0 ? null : await this.#parts.recover(this.#lost, error);
      if (own === null) throw error;
      return this.#parts.put(content, own.revision);
    }
  }

  /** Whether nothing was written while a request was made. */
  #isWritten(): boolean {
    return this.#read === null;
  }

  async #discard(): Promise<void> {
    if (this.#revision > 0) await this.#parts.discard();
    this.#revision = 0;
    this.#parts.onState({ kind: 'kept', at: null });
  }
}
