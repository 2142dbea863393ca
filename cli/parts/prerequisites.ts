import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { isPortFree } from '../../embedded/free-port.ts';

const run = promisify(execFile);

/** Something is missing on this machine, or is already in use. The message says what to do. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

/**
 * The first version that can be told the address of a host (`http.curloptResolve`): see
 * `git/connection.ts`.
 */
const oldestGit = [2, 37] as const;

/** How long git may take to say its version, in milliseconds. */
const gitPatience = 10_000;

/**
 * Throws {@link Unavailable} if git is missing or too old; returns its version as it says it. It is looked for in `path`,
 * which defaults to that of this process.
 */
export async function requireGit(path = process.env.PATH): Promise<string> {
  const options = { timeout: gitPatience, env: { PATH: path } };
  const { stdout } = await run('git', ['--version'], options).catch((cause: unknown) => {
    throw new Unavailable('git is not installed. Install it (2.37 or later).', { cause });
  });
  const [major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(stdout) ?? []).slice(1).map(Number);
  if (major < oldestGit[0] || (major === oldestGit[0] && minor < oldestGit[1]))
    throw new Unavailable(`${stdout.trim()} is too old. Install 2.37 or later.`);
  return stdout.trim();
}

/** Throws {@link Unavailable} if the API could not listen there. Port 0 means any free port. */
export async function requirePort(host: string, port: number): Promise<void> {
  let free: boolean;
  try {
    free = port === 0 || (await isPortFree(host, port));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new Unavailable(
      `Gitward cannot listen on ${host}:${port} (${code ?? 'unknown'}). Set GITWARD_HOST and GITWARD_PORT.`,
      { cause },
    );
  }
  if (!free)
    throw new Unavailable(
      `Port ${port} of ${host} is in use. Stop the process that listens there, or set GITWARD_PORT to another port.`,
    );
}
