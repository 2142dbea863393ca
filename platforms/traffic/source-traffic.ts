/** The requests of one project to one host, among those of all projects that this process reads there. */
export interface SourceTraffic {
  /**
   * Waits for a turn to send a request. Throws {@link TooBusy} if that would take longer than `patience` milliseconds, or the
   * signal's reason. Every turn must end with `leave`.
   */
  enter(options: { patience: number; signal: AbortSignal }): Promise<Turn>;
}

/** A request that may be sent. */
export interface Turn {
  /** The host answered as asked. */
  answered(): void;
  /** The host said that there are too many requests, or that it is not there; `wait` is in milliseconds. */
  limited(wait: number): void;
  /** The request has ended, however it did. */
  leave(): void;
}

/** There is no turn soon enough. */
export class TooBusy extends Error {
  override readonly name = 'TooBusy';
  /** After how many milliseconds to ask again. */
  readonly wait: number;

  constructor(message: string, wait: number) {
    super(message);
    this.wait = wait;
  }
}
