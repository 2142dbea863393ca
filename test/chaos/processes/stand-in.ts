import { join } from 'node:path';
import { callChild, type Handlers } from './calls.ts';
import { startProgram, type Program } from './start-program.ts';

/** A server that stands in for one of the outside world, as a process that can be told what to do. */
export class StandIn<Calls extends Handlers> {
  readonly #script: string;
  readonly #args: () => (string | number)[];
  readonly #logFile: string;
  #program: Program | null = null;

  /** `script` is next to this file; its arguments are asked for at each start. */
  constructor(script: string, args: () => (string | number)[], logFile: string) {
    this.#script = script;
    this.#args = args;
    this.#logFile = logFile;
  }

  /** Starts it; `hear` gets what it says by itself. */
  async start(hear: (message: object) => void = () => undefined): Promise<Program> {
    const script = join('test/chaos/processes', this.#script);
    this.#program = await startProgram({
      args: ['--import', 'tsx', script, ...this.#args().map(String)],
      env: {},
      ready: / is up at /,
      logFile: this.#logFile,
    });
    this.#program.child.on('message', hear);
    return this.#program;
  }

  /** Tells it something; rejects if it does not run, or ends before it has answered. */
  tell<N extends keyof Calls & string>(
    name: N,
    argument: Parameters<Calls[N]>[0],
  ): Promise<Awaited<ReturnType<Calls[N]>>> {
    if (this.#program === null) return Promise.reject(new Error('It was never started.'));
    return callChild<Calls, N>(this.#program.child, name, argument);
  }
}
