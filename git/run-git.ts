import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { redact } from './redact.ts';

/** One run of git. */
export interface GitCall {
  args: readonly string[];
  /** The directory to run in. */
  cwd: string;
  /** Configuration for this run alone; passed through the environment, so secrets may stand in it. */
  config?: Readonly<Record<string, string>>;
  /** The protocols that git may speak; none unless told, so nothing is fetched by accident. */
  protocols?: readonly string[];
  /** Standard input, in pieces; nothing unless told. */
  input?: Iterable<Uint8Array>;
  /** Writes the protocol's packets (no HTTP headers, so no credential) to standard error. */
  tracePackets?: boolean;
  /** Texts that must not appear in what git said. */
  secrets?: readonly string[];
  /** Milliseconds until the process is ended. */
  timeLimit: number;
  signal: AbortSignal;
  /** Called every few seconds while the process runs. */
  onTick?: () => void;
  /** Bytes of standard output at most; 256 MiB unless told. */
  maxOutput?: number;
  /** Exit codes up to this are answers, not failures: such as a count, or 1 for a difference; 0 unless told. */
  lastGoodExitCode?: number;
}

/** What git said, without the call's secrets on standard error. */
export interface GitOutput {
  stdout: Buffer;
  stderr: string;
}

/** Runs git to its end; see {@link createGitRunner}. */
export type RunGit = (call: GitCall) => Promise<GitOutput>;

/** Git ended with an error, could not be started, or was ended by us. Its texts are free of the call's secrets. */
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

/** Settings of every git process. */
export interface GitRunnerOptions {
  /** A directory of ours, given to git as HOME; nothing is read from the user's own. */
  home: string;
  /** Where git is looked for: directories with `:` between. */
  searchPath: string;
}

const tickInterval = 5_000;
const killAfter = 2_000;
const keptStderr = 32 * 1024;

/** Configuration of every run: nothing of the repository's or the machine's can run a program or wait for one. */
const baseConfig: Readonly<Record<string, string>> = {
  'core.hooksPath': '/dev/null',
  'core.fsmonitor': 'false',
  // The cache is thrown away when it is broken; it need not survive a power cut.
  'core.fsync': 'none',
  'gc.auto': '0',
  'maintenance.auto': 'false',
  'credential.helper': '',
  'protocol.version': '2',
  'submodule.recurse': 'false',
};

/**
 * The one function that runs git. Each process leads its own process group, sees nothing of our
 * environment or of anybody's configuration, asks no questions, and is ended, with all its children,
 * by the time limit and by the signal. Rejects with {@link GitProcessError}, or with the signal's
 * reason, and only once the processes are gone.
 */
export function createGitRunner({ home, searchPath }: GitRunnerOptions): RunGit {
  const baseEnvironment = {
    PATH: searchPath,
    HOME: home,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_DEFAULT_REF_FORMAT: 'files',
  };

  return async function runGit(call) {
    call.signal.throwIfAborted();
    const secrets = call.secrets ?? [];
    const command = call.args[0] ?? '';
    const child = spawn('git', call.args, {
      cwd: call.cwd,
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        ...baseEnvironment,
        // A repository around our directories is not ours, and its configuration does not count.
        GIT_CEILING_DIRECTORIES: dirname(call.cwd),
        ...(call.tracePackets === true && { GIT_TRACE_PACKET: '1' }),
        GIT_ALLOW_PROTOCOL: (call.protocols ?? []).join(':'),
        ...configEnvironment({ ...baseConfig, ...call.config }),
      },
    });

    const state: { ended: 'timeout' | 'output_too_long' | 'aborted' | null } = { ended: null };
    let killTimer: NodeJS.Timeout | undefined;
    function end(why: NonNullable<typeof state.ended>): void {
      if (state.ended !== null) return;
      state.ended = why;
      // Asked first, so that git removes its lock files, which may lie in a repository that is not ours.
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
      // The end says what went wrong; a host may send any amount before it.
      stderr = (stderr + chunk).slice(-keptStderr);
    });

    try {
      const closed = new Promise<number | null>((resolve, reject) => {
        child.on('error', reject);
        child.on('close', resolve);
      });
      const fed = feed(child.stdin, call.input ?? []).then(
        () => null,
        (error: unknown) => {
          // It would wait for the rest for ever.
          killGroup(child.pid, 'SIGKILL');
          return { error };
        },
      );
      const [exitCode, failed] = await Promise.all([closed, fed]);
      if (failed !== null) throw failed.error;
      if (state.ended === 'aborted') throw call.signal.reason;
      const told = redact(stderr, secrets);
      const said = () => redact(Buffer.concat(output).toString().slice(0, keptStderr), secrets);
      if (state.ended !== null) throw new GitProcessError(command, state.ended, said(), told);
      if (exitCode === null || exitCode > (call.lastGoodExitCode ?? 0))
        throw new GitProcessError(command, 'failed', said(), told);
      return { stdout: Buffer.concat(output), stderr: told };
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

/** `GIT_CONFIG_COUNT` and its pairs: configuration that no list of processes shows. */
function configEnvironment(config: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(config);
  const environment: Record<string, string> = { GIT_CONFIG_COUNT: String(entries.length) };
  entries.forEach(([key, value], index) => {
    environment[`GIT_CONFIG_KEY_${index}`] = key;
    environment[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  return environment;
}

/** Writes all input, at the pace of the reader. A reader that ends early says so by its exit code. */
async function feed(stdin: NodeJS.WritableStream, input: Iterable<Uint8Array>): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    stdin.on('error', () => resolve());
    stdin.on('close', () => resolve());
  });
  for (const piece of input) {
    if (!stdin.writable) return;
    if (!stdin.write(piece)) await Promise.race([once(stdin, 'drain'), closed]);
    // A reader that keeps up would leave no turn to timers: input may be made as it is read.
    await setImmediate();
  }
  stdin.end();
}

/** Signals the whole process group; one that is gone already needs nothing. */
function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
