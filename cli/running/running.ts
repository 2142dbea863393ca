/** A part that runs until it is stopped. */
export interface Part {
  /** Its name in messages. */
  name: string;
  stop(): Promise<void>;
  /** Kills at once what would outlive our process; parts inside this process have no `kill`. */
  kill?: () => void;
  /** Resolves when it ends by itself, and says how. */
  ended?: Promise<string>;
}

/** The running parts, in the order in which they were started. */
export class Running {
  readonly #parts: Part[] = [];
  #endedByItself: (part: string) => void = () => undefined;
  /** Resolves with a sentence when a part ends unexpectedly. */
  readonly failed = new Promise<string>((resolve) => (this.#endedByItself = resolve));
  #stopping = false;

  /** Adds a part that has been started. */
  add(part: Part): void {
    this.#parts.push(part);
    void part.ended?.then((how) => {
      if (!this.#stopping) this.#endedByItself(`${part.name} ended unexpectedly (${how}).`);
    });
  }

  /**
   * Stops the parts one after another, in the reverse order of their start. A part that fails to
   * stop does not keep the others from stopping; returns the failures.
   */
  async stop(): Promise<Error[]> {
    this.#stopping = true;
    const failures: Error[] = [];
    for (let part = this.#parts.at(-1); part !== undefined; part = this.#parts.at(-1)) {
      try {
        await part.stop();
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        part.kill?.();
        failures.push(new Error(`${part.name} did not stop cleanly: ${reason}`, { cause }));
      }
      // Only now: until it has stopped, a second request may have to kill it.
      this.#parts.pop();
    }
    return failures;
  }

  /** Kills at once everything that would outlive this process. */
  kill(): void {
    this.#stopping = true;
    for (const part of this.#parts) part.kill?.();
  }
}
