import { setTimeout as sleep } from 'node:timers/promises';
import { signalTree } from './signal-tree.ts';

/** How a process is started, and what is known of it while it runs. */
export interface Body {
  pid: number;
  /** Kills it without warning. */
  kill(): void;
  /** Stops it in its own way. */
  stop(): Promise<void>;
  /** Resolves when it has ended, and says how. */
  exited: Promise<string>;
}

/** For how long it is started again, in milliseconds. */
const patience = 60_000;

/** A process that can be killed, frozen and started again, any number of times and in any order. */
export class Victim {
  readonly name: string;
  readonly #start: () => Promise<Body>;
  #body: Body | null = null;
  /** Acts on it follow each other. */
  #last: Promise<unknown> = Promise.resolve();
  #frozen = false;

  constructor(name: string, start: () => Promise<Body>) {
    this.name = name;
    this.#start = start;
  }

  /** Whether it runs and may be expected to answer. */
  get answers(): boolean {
    return this.#body !== null && !this.#frozen;
  }

  /** Starts it unless it runs, and thaws it if it is frozen; resolves when it answers. */
  heal(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#thaw();
      if (this.#body !== null) return;
      const body = await this.#startAgain();
      this.#body = body;
      void body.exited.then(() => {
        if (this.#body === body) this.#body = null;
      });
    });
  }

  /** Starts it as a supervisor does: again, while it ends because something that it needs is away. */
  async #startAgain(): Promise<Body> {
    const deadline = Date.now() + patience;
    for (;;)
      try {
        return await this.#start();
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await sleep(500);
      }
  }

  /** Kills it as the kernel does when memory runs out; what it has started goes on. */
  kill(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#thaw();
      const body = this.#body;
      if (body === null) return;
      body.kill();
      await body.exited;
    });
  }

  /** Stops all of its threads and what it has started, as a paused container does. */
  freeze(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#body === null) return;
      this.#frozen = true;
      await signalTree(this.#body.pid, 'SIGSTOP');
    });
  }

  stop(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#thaw();
      await this.#body?.stop();
    });
  }

  async #thaw(): Promise<void> {
    if (!this.#frozen) return;
    this.#frozen = false;
    if (this.#body !== null) await signalTree(this.#body.pid, 'SIGCONT');
  }

  #inTurn(act: () => Promise<void>): Promise<void> {
    const done = this.#last.then(act);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
