import { setTimeout as sleep } from 'node:timers/promises';
import ms from 'ms';
import pTimeout from 'p-timeout';
import type { Logger } from 'pino';
import type { WorkingServers } from './messages.ts';
import { RestartPacer } from './restart-pacer.ts';
import { watchMemory } from './watch-memory.ts';
import type { WorkerProcess } from './worker-process.ts';

/** What {@link superviseWorker} needs. */
export interface SuperviseOptions {
  /** Starts a process; see `startWorkerProcess`. */
  start: () => Promise<WorkerProcess>;
  /** The most resident memory of the process, in MiB. */
  memory: number;
  logger: Pick<Logger, 'error'>;
  /** Defaults to {@link RestartPacer}. */
  pacer?: Pick<RestartPacer, 'waitAfter'>;
}

/** A worker in a process of its own, which is started again when it ends. */
export interface SupervisedWorker {
  /** Lets the worker begin: until then its process only loads its code. */
  begin(servers: WorkingServers): void;
  /** Resolves when it works for the first time; rejects with the reason of `signal` when that is aborted. */
  untilUp(signal: AbortSignal): Promise<void>;
  /** Whether it works now. */
  isUp(): boolean;
  /** Resolves when it has ended for good, and says how: when it was stopped, or see {@link superviseWorker}. */
  readonly ended: Promise<string>;
  /** Lets running activities finish, and resolves when the process has ended. Safe to call again. */
  stop(): Promise<void>;
  /** Kills the process at once. */
  kill(): void;
}

/** The exit code of a process that cannot use its settings. */
const wrongSettings = 2;

/**
 * Runs a worker until it is stopped. When its process ends, or needs too much memory, it is started again after a
 * while, and the log says why. Gives up if the process does not get up the first time, or cannot use its settings.
 */
export function superviseWorker(options: SuperviseOptions): SupervisedWorker {
  const { start, memory, logger, pacer = new RestartPacer() } = options;
  const stopping = new AbortController();
  let current: WorkerProcess | null = null;
  let servers: WorkingServers | null = null;
  let up = false;
  let cameUp: () => void = () => undefined;
  const firstUp = new Promise<void>((resolve) => (cameUp = resolve));
  let wasUp = false;

  /** One life of the process; says how it ended. */
  async function live(): Promise<{ how: string; code: number | null }> {
    let worker: WorkerProcess;
    try {
      worker = await start();
    } catch (error) {
      return { how: error instanceof Error ? error.message : String(error), code: null };
    }
    current = worker;
    void worker.up.then(() => {
      up = wasUp = true;
      cameUp();
    });
    if (servers !== null) worker.begin(servers);
    if (stopping.signal.aborted) void worker.stop();
    const [end, seen] = await Promise.all([worker.ended, watchMemory(worker, memory)]);
    current = null;
    up = false;
    const size = seen.last === null ? '' : `, ${seen.last} MiB`;
    const problem = seen.problem ?? end.problem;
    return { how: `${end.how}${size}${problem === null ? '' : `: ${problem}`}`, code: end.code };
  }

  async function run(): Promise<string> {
    for (;;) {
      const startedAt = Date.now();
      const { how, code } = await live();
      if (stopping.signal.aborted || !wasUp || code === wrongSettings) return how;
      const wait = pacer.waitAfter(Date.now() - startedAt);
      logger.error(
        `The worker ended (${how}). It is started again in ${ms(wait, { long: true })}.`,
      );
      const stopped = await sleep(wait, false, { signal: stopping.signal }).catch(() => true);
      if (stopped) return how;
    }
  }

  const ended = run();
  return {
    begin(working) {
      servers = working;
      current?.begin(working);
    },
    untilUp: (signal) => pTimeout(firstUp, { milliseconds: Number.POSITIVE_INFINITY, signal }),
    isUp: () => up,
    ended,
    async stop() {
      stopping.abort();
      await current?.stop();
      await ended;
    },
    kill: () => current?.kill(),
  };
}
