import { GitProcessError } from './run-git.ts';
import { killGroup, spawnGit, type GitRunnerOptions } from './spawn-git.ts';

/** One run of git whose output is read while it runs. */
export interface StreamCall {
  args: readonly string[];
  cwd: string;
  /** Standard input; defaults to nothing. */
  input?: string;
  signal: AbortSignal;
}

/** Yields git's output in pieces; see {@link createGitStreamer}. */
export type StreamGit = (call: StreamCall) => AsyncGenerator<Buffer, void>;

const keptStderr = 32 * 1024;

/**
 * Runs git at the pace of its reader, so that output of any length takes little memory. If the
 * reader stops early, the process is ended. Throws `GitProcessError` if it fails, or the signal's
 * reason. For local work only, because it has no time limit.
 */
export function createGitStreamer(options: GitRunnerOptions): StreamGit {
  return async function* streamGit({ args, cwd, input, signal }) {
    signal.throwIfAborted();
    const command = args[0] ?? '';
    const child = spawnGit(options, { args, cwd });
    const closed = new Promise<{ exitCode: number | null } | { error: Error }>((resolve) => {
      child.on('error', (error) => resolve({ error }));
      child.on('close', (exitCode) => resolve({ exitCode }));
    });
    let stderr = '';
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (chunk: string) => (stderr = (stderr + chunk).slice(-keptStderr)));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    const end = () => killGroup(child.pid, 'SIGKILL');
    signal.addEventListener('abort', end, { once: true });
    try {
      for await (const chunk of child.stdout) yield chunk as Buffer;
      const outcome = await closed;
      signal.throwIfAborted();
      if ('error' in outcome)
        throw new GitProcessError(command, 'not_started', '', String(outcome.error), {
          cause: outcome.error,
        });
      if (outcome.exitCode !== 0) throw new GitProcessError(command, 'failed', '', stderr);
    } finally {
      signal.removeEventListener('abort', end);
      if (child.exitCode === null && child.signalCode === null) end();
    }
  };
}
