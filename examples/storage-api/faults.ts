import type { Endpoint } from './answers.ts';

/** A fault that affects calls of the stand-in. */
export interface Fault {
  /** The endpoint that it affects. Defaults to all. */
  endpoint?: Endpoint;
  /** How many calls it affects. Defaults to all calls from now on. */
  times?: number;
  /** The time to wait before anything else happens, in milliseconds. */
  delay?: number;
  /** Never answer. */
  hang?: boolean;
  /** Close the connection. */
  disconnect?: boolean;
  /** Answer with this status. */
  status?: number;
  /** The `Retry-After` header for the status: seconds or an HTTP date. */
  retryAfter?: string;
  /** Answer 200 with this text. */
  body?: string;
}

/** The active faults, oldest first. */
export class Faults {
  #faults: Fault[] = [];

  add(fault: Fault): void {
    this.#faults.push({ ...fault });
  }

  clear(): void {
    this.#faults = [];
  }

  /** The fault for a call that is made now, which counts as one of its calls. */
  next(endpoint: Endpoint): Fault | undefined {
    const fault = this.#faults.find(
      (one) => (one.endpoint ?? endpoint) === endpoint && (one.times ?? 1) > 0,
    );
    if (fault?.times !== undefined) fault.times--;
    return fault;
  }
}
