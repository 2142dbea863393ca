/** A part that runs until it is stopped. */
export interface Part {
  /** What messages call it. */
  name: string;
  stop(): Promise<void>;
  /** Ends at once what would outlive us; parts inside this process have none. */
  kill?: () => void;
  /** Resolves with how it ended, when it ended by itself. */
  ended?: Promise<string>;
}

/** Parts in the order in which they were started. */
export class Running {
  readonly #parts: Part[] = [];
  #endedByItself: (part: string) => void = () => undefined;
  /** Resolves with a sentence when a part ends that should not have. */
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
   * Stops the parts, the last started first, each when the one before has stopped. A part that fails
   * to stop does not keep the others from it; answers what failed.
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
        failures.push(new Error(`${part.name} did not stop in order: ${reason}`, { cause }));
      }
      // Only now: until then a second request may still have to kill it.
      this.#parts.pop();
    }
    return failures;
  }

  /** Ends at once what would outlive this process. */
  kill(): void {
    this.#stopping = true;
    for (const part of this.#parts) part.kill?.();
  }
}
