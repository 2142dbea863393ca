import { spawn } from 'node:child_process';
import { open, readFile, rename } from 'node:fs/promises';
import { postGuard } from './guard.ts';
import { forgetPid, rememberPid } from './pid-file.ts';

/** How a server is started. */
export interface ChildServerOptions {
  /** What messages call it: `PostgreSQL`. */
  name: string;
  command: string;
  args: readonly string[];
  /** The whole environment of the child. */
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** The user to run as; `null` is our own. */
  user: { uid: number; gid: number } | null;
  /** Where its output goes; readable by us alone. The last run's is kept beside it, as `….1`. */
  logFile: string;
  /** Names the process for a later start: see {@link stopLeftover}. */
  pidFile: string;
  /** Asks it to stop in order. */
  stopSignal: NodeJS.Signals;
  /** How long it may take to stop before it is killed, in milliseconds. */
  stopWithin: number;
}

/** A server that runs beside us. */
export interface ChildServer {
  readonly pid: number;
  /** Resolves when it has ended, for whatever reason, with how: `exit code 1`, `signal SIGKILL`. */
  readonly exited: Promise<string>;
  /** Whether it has not ended yet. */
  running(): boolean;
  /** Ends it at once, without waiting. */
  kill(): void;
  /** Stops it in order, and kills it where that takes too long. Resolves when it is gone; may be repeated. */
  stop(): Promise<void>;
  /** The end of what it printed, for an error's message. */
  logTail(): Promise<string>;
}

/**
 * Starts a server in a session of its own, so that Ctrl-C at the terminal reaches us alone and we stop
 * it in our order. When our process ends without having done so, a guard does. Rejects where the command
 * cannot be run; does not wait until it answers.
 */
export async function startChildServer(options: ChildServerOptions): Promise<ChildServer> {
  await rename(options.logFile, `${options.logFile}.1`).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  });
  const log = await open(options.logFile, 'a', 0o600);
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    ...(options.user ?? {}),
  });
  const exited = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) =>
      resolve(signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`),
    );
  });
  const pid = await new Promise<number>((resolve, reject) => {
    child.once('error', (cause) =>
      reject(new Error(`${options.name} could not be started: ${cause.message}.`, { cause })),
    );
    child.once('spawn', () => resolve(child.pid ?? 0));
  }).finally(() => log.close());
  // Whoever ends our process without stopping us first must not leave the server behind.
  const guard = postGuard({ pid, ...options });
  void exited.then(() => guard.dismiss());
  await rememberPid(options.pidFile, pid);

  function running(): boolean {
    return child.exitCode === null && child.signalCode === null;
  }
  return {
    pid,
    exited,
    running,
    kill() {
      if (running()) child.kill('SIGKILL');
    },
    async stop() {
      if (running()) {
        child.kill(options.stopSignal);
        const killer = setTimeout(() => child.kill('SIGKILL'), options.stopWithin);
        await exited;
        clearTimeout(killer);
      }
      await forgetPid(options.pidFile);
    },
    async logTail() {
      const text = await readFile(options.logFile, 'utf8').catch(() => '');
      return text.trimEnd().split('\n').slice(-15).join('\n');
    },
  };
}
