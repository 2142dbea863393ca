import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { postGuard } from '../../embedded/guard.ts';
import { forgetPid, rememberPid, stopLeftover } from '../../embedded/pid-file.ts';
import type { Begin, WorkerMessage, WorkingServers } from './messages.ts';

/** How to start a worker's process. */
export interface WorkerProcessOptions {
  /** Our own environment: the settings are the worker's, too. */
  env: NodeJS.ProcessEnv;
  /** Absolute. Its process id is recorded there. */
  dataDir: string;
  /** The most resident memory that it should have, in MiB. */
  memory: number;
  /** The script that runs the `gitward` command; defaults to the one that runs us. */
  script?: string;
}

/** How a worker's process ended. */
export interface WorkerEnd {
  /** Such as `exit code 1` or `signal SIGKILL`. */
  how: string;
  /** `null` if a signal ended it. */
  code: number | null;
  /** What it said about the reason; `null` if it said nothing. */
  problem: string | null;
}

/** A process that runs a worker. */
export interface WorkerProcess {
  readonly pid: number;
  /** Resolves when it works. If it never does, this stays pending. */
  readonly up: Promise<void>;
  /** Resolves when it has ended for any reason. */
  readonly ended: Promise<WorkerEnd>;
  /** Lets it begin: until then it only loads its code. */
  begin(servers: WorkingServers): void;
  /** Lets its running activities finish, and kills it if that takes too long. Safe to call again. */
  stop(): Promise<void>;
  /** Kills it at once. */
  kill(): void;
}

const stopSignal = 'SIGTERM';

/**
 * Has glibc give memory back that native code does not need any more, of which a worker has hundreds of megabytes at
 * times (mallopt(3)). The Dockerfile says the same.
 */
const givesBack = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072' };

/** Longer than the worker gives to running activities, in milliseconds. */
const stopWithin = 30_000;

/**
 * Starts `gitward worker` in a process of its own. Its session is its own too, so that Ctrl-C in the terminal reaches
 * only us; its log goes where ours goes. When our process has ended, however it ended, it stops by itself, and if it
 * is too busy to notice, a guard ends it.
 */
export async function startWorkerProcess(options: WorkerProcessOptions): Promise<WorkerProcess> {
  const { dataDir, memory, script = process.argv[1] ?? '' } = options;
  const pidFile = pidFileOf(dataDir);
  const child = spawn(
    process.execPath,
    [...loaders(), heapLimit(memory), script, 'worker', '--supervised'],
    {
      env: { ...givesBack, ...withoutTokens(options.env) },
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
  let problem: string | null = null;
  const up = new Promise<void>((resolve) => {
    child.on('message', (message) => {
      const said = message as WorkerMessage;
      if (said.kind === 'up') resolve();
      else problem = said.text;
    });
  });
  // "close" comes when the channel is closed, too: only then has everything been heard.
  const closed = new Promise<WorkerEnd>((resolve) => {
    child.once('close', (code, signal) => {
      resolve({ how: signal === null ? `exit code ${code}` : `signal ${signal}`, code, problem });
    });
  });
  const pid = await new Promise<number>((resolve, reject) => {
    child.once('error', (cause) =>
      reject(new Error(`The worker could not be started: ${cause.message}.`, { cause })),
    );
    child.once('spawn', () => resolve(child.pid ?? 0));
  });
  // From now on: messages that it no longer hears.
  child.on('error', () => undefined);
  const guard = postGuard({ pid, stopSignal, stopWithin });
  const ended = closed.then(async (end) => {
    guard.dismiss();
    // Before the next process is recorded there.
    await forgetPid(pidFile).catch(() => undefined);
    return end;
  });
  await rememberPid(pidFile, pid);

  return {
    pid,
    up,
    ended,
    begin: (servers) => void child.send({ kind: 'begin', servers } satisfies Begin),
    async stop() {
      child.kill(stopSignal);
      const killer = setTimeout(() => child.kill('SIGKILL'), stopWithin);
      await ended;
      clearTimeout(killer);
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

/**
 * Kills the worker of an earlier run that ended a moment ago, so that it does not work on with the new servers. The
 * caller holds the lock of the data directory.
 */
export async function stopLeftoverWorker(dataDir: string): Promise<void> {
  await stopLeftover({ file: pidFileOf(dataDir), stopSignal: 'SIGKILL', stopWithin: 10_000 });
}

function pidFileOf(dataDir: string): string {
  return join(dataDir, 'worker.pid');
}

/** The worker has no use for tokens of the API. */
function withoutTokens(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, GITWARD_ADMIN_TOKEN: undefined, GITWARD_TOKEN: undefined };
}

/**
 * Three quarters of its memory: the rest is for buffers and native code. The garbage collector works harder near its
 * limit, so a heap that could grow beyond would often be taken for one that is needed.
 */
function heapLimit(memory: number): string {
  return `--max-old-space-size=${Math.floor(memory * 0.75)}`;
}

/** What we were started with ourselves, such as a loader for sources; but no debugger, whose port is taken. */
function loaders(): string[] {
  return process.execArgv.filter((argument) => !argument.startsWith('--inspect'));
}
