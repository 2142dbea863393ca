import type { Endpoint } from './answers.ts';

/** What goes wrong with calls of the stand-in. */
export interface Fault {
  /** The endpoint that it strikes; all of them unless told. */
  endpoint?: Endpoint;
  /** How many calls it strikes; all from now on unless told. */
  times?: number;
  /** Milliseconds to wait before anything else happens. */
  delay?: number;
  /** Never answer. */
  hang?: boolean;
  /** Cut the connection. */
  disconnect?: boolean;
  /** Answer with this status. */
  status?: number;
  /** The header beside the status: seconds or an HTTP date. */
  retryAfter?: string;
  /** Answer 200 with this text. */
  body?: string;
}

/** The faults that are in force, oldest first. */
export class Faults {
  #faults: Fault[] = [];

  add(fault: Fault): void {
    this.#faults.push({ ...fault });
  }

  clear(): void {
    this.#faults = [];
  }

  /** The fault that strikes a call now, which is counted. */
  next(endpoint: Endpoint): Fault | undefined {
    const fault = this.#faults.find(
      (one) => (one.endpoint ?? endpoint) === endpoint && (one.times ?? 1) > 0,
    );
    if (fault?.times !== undefined) fault.times--;
    return fault;
  }
}
