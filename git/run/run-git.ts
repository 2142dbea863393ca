import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { redact } from './redact.ts';
import { killGroup, spawnGit, type GitRunnerOptions, type SpawnCall } from './spawn-git.ts';

/** One run of git. */
export interface GitCall<Fed = unknown> extends SpawnCall {
  /**
   * Standard input, in pieces; defaults to nothing. What it returns at its end becomes part of the
   * result.
   */
  input?: Iterable<Uint8Array, Fed>;
  /** Strings that must not appear in git's output. */
  secrets?: readonly string[];
  /** The process is ended after this many milliseconds. */
  timeLimit: number;
  signal: AbortSignal;
  /** Called every few seconds while the process runs. */
  onTick?: () => void;
  /** The maximum number of bytes of standard output; defaults to 256 MiB. */
  maxOutput?: number;
  /**
   * Exit codes up to this one are results and not failures: for example a count, or 1 for a
   * difference. Defaults to 0.
   */
  lastGoodExitCode?: number;
}

/** The output of git. Standard error contains none of the call's secrets. */
export interface GitOutput<Fed = unknown> {
  stdout: Buffer;
  stderr: string;
  /**
   * What the input returned; `undefined` if there was none, or git ended before it had read all of
   * it.
   */
  fed: Fed | undefined;
}

/** Runs git until it ends; see {@link createGitRunner}. */
export type RunGit = <Fed>(call: GitCall<Fed>) => Promise<GitOutput<Fed>>;

/**
 * Git ended with an error, could not be started, or was ended by us. Its texts contain none of the
 * call's secrets.
 */
export class GitProcessError extends Error {
  override readonly name = 'GitProcessError';
  readonly command: string;
  readonly outcome: 'failed' | 'timeout' | 'output_too_long' | 'not_started';
  readonly stdout: string;
  readonly stderr: string;

  constructor(
    command: string,
    outcome: GitProcessError['outcome'],
    stdout: string,
    stderr: string,
    options?: ErrorOptions,
  ) {
    super(
      `git ${command} ${outcome}: ${Array.from(stderr.trim()).slice(0, 500).join('')}`,
      options,
    );
    this.command = command;
    this.outcome = outcome;
    this.stdout = stdout;
    this.stderr = stderr;
  }
}

const tickInterval = 5_000;
const killAfter = 2_000;
const keptStderr = 32 * 1024;

/**
 * Runs git (started by `spawnGit`) until it ends, and collects its output. The time limit and the
 * signal end it with all its children. Rejects with {@link GitProcessError}, or with the signal's
 * reason, and only once the processes have ended.
 */
export function createGitRunner(options: GitRunnerOptions): RunGit {
  return async function runGit<Fed>(call: GitCall<Fed>): Promise<GitOutput<Fed>> {
    call.signal.throwIfAborted();
    const secrets = call.secrets ?? [];
    const command = call.args[0] ?? '';
    const child = spawnGit(options, call);

    const state: { ended: 'timeout' | 'output_too_long' | 'aborted' | null } = { ended: null };
    let killTimer: NodeJS.Timeout | undefined;
    function end(why: NonNullable<typeof state.ended>): void {
      if (state.ended !== null) return;
      state.ended = why;
      // Asked politely first, so that git removes its lock files, which may be in a repository that
      // is not ours.
      killGroup(child.pid, 'SIGTERM');
      killTimer = setTimeout(() => killGroup(child.pid, 'SIGKILL'), killAfter);
    }
    const onAbort = () => end('aborted');
    call.signal.addEventListener('abort', onAbort, { once: true });
    const limitTimer = setTimeout(() => end('timeout'), call.timeLimit);
    const ticker = setInterval(() => call.onTick?.(), tickInterval);

    const output: Buffer[] = [];
    let outputLength = 0;
    const maxOutput = call.maxOutput ?? 256 * 1024 * 1024;
    child.stdout.on('data', (chunk: Buffer) => {
      outputLength += chunk.length;
      if (outputLength > maxOutput) end('output_too_long');
      else output.push(chunk);
    });
    let stderr = '';
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (chunk: string) => {
      // The end of the output says what went wrong; a host may send any amount before it.
      stderr = (stderr + chunk).slice(-keptStderr);
    });

    try {
      const closed = new Promise<number | null>((resolve, reject) => {
        child.on('error', reject);
        child.on('close', resolve);
      });
      const feeding = feed(child.stdin, call.input).then(
        (fed) => ({ fed }),
        (error: unknown) => {
          // Otherwise it would wait for the rest forever.
          killGroup(child.pid, 'SIGKILL');
          return { error };
        },
      );
      const [exitCode, outcome] = await Promise.all([closed, feeding]);
      if ('error' in outcome) throw outcome.error;
      if (state.ended === 'aborted') throw call.signal.reason;
      const told = redact(stderr, secrets);
      const said = () => redact(Buffer.concat(output).toString().slice(0, keptStderr), secrets);
      if (state.ended !== null) throw new GitProcessError(command, state.ended, said(), told);
      if (exitCode === null || exitCode > (call.lastGoodExitCode ?? 0))
        throw new GitProcessError(command, 'failed', said(), told);
      return { stdout: Buffer.concat(output), stderr: told, fed: outcome.fed };
    } catch (error) {
      if (child.pid === undefined)
        throw new GitProcessError(command, 'not_started', '', String(error), { cause: error });
      throw error;
    } finally {
      call.signal.removeEventListener('abort', onAbort);
      clearTimeout(limitTimer);
      clearTimeout(killTimer);
      clearInterval(ticker);
    }
  };
}

/**
 * Writes all input at the reader's pace; returns what the input returns at its end. A reader that
 * ends early reports that by its exit code.
 */
async function feed<Fed>(
  stdin: NodeJS.WritableStream,
  input: Iterable<Uint8Array, Fed> | undefined,
): Promise<Fed | undefined> {
  if (input === undefined) {
    stdin.end();
    return undefined;
  }
  const closed = new Promise<void>((resolve) => {
    stdin.on('error', () => resolve());
    stdin.on('close', () => resolve());
  });
  const pieces = input[Symbol.iterator]();
  for (;;) {
    const next = pieces.next();
    if (next.done === true) {
      stdin.end();
      return next.value;
    }
    if (!stdin.writable) {
      pieces.return?.();
      return undefined;
    }
    if (!stdin.write(next.value)) await Promise.race([once(stdin, 'drain'), closed]);
    // If the reader keeps up, the loop would never let timers run, because the input may be
    // produced as it is read.
    await setImmediate();
  }
}
