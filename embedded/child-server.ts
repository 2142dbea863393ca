import { spawn } from 'node:child_process';
import { open, readFile, rename } from 'node:fs/promises';
import { postGuard } from './guard.ts';
import { forgetPid, rememberPid } from './pid-file.ts';

/** How to start a server. */
export interface ChildServerOptions {
  /** Its name in messages, such as `PostgreSQL`. */
  name: string;
  command: string;
  args: readonly string[];
  /** The whole environment of the child. */
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** The user to run as; `null` is the current user. */
  user: { uid: number; gid: number } | null;
  /**
   * Where its output goes; only we can read it. The log of the previous run is kept next to it, as
   * `….1`.
   */
  logFile: string;
  /** Lets a later start find the process: see {@link stopLeftover}. */
  pidFile: string;
  /** The signal that asks it to shut down cleanly. */
  stopSignal: NodeJS.Signals;
  /** How long it may take to stop before it is killed, in milliseconds. */
  stopWithin: number;
}

/** A server that runs as a child process. */
export interface ChildServer {
  readonly pid: number;
  /** Resolves when it has ended for any reason, and says how: `exit code 1`, `signal SIGKILL`. */
  readonly exited: Promise<string>;
  /** Whether it is still running. */
  running(): boolean;
  /** Kills it at once, without waiting. */
  kill(): void;
  /**
   * Shuts it down cleanly, and kills it if that takes too long. Resolves when it has ended; safe to
   * call again.
   */
  stop(): Promise<void>;
  /** The last lines of its output, for an error message. */
  logTail(): Promise<string>;
}

/**
 * Starts a server in its own session, so that Ctrl-C in the terminal reaches only us and we stop the
 * servers in our order. If our process ends without doing so, a guard does it. Rejects if the command
 * cannot be run; does not wait until the server answers.
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
