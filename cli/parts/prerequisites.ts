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

/** Throws {@link Unavailable} if git is missing or too old. */
export async function requireGit(): Promise<void> {
  const { stdout } = await run('git', ['--version']).catch((cause: unknown) => {
    throw new Unavailable('git is not installed. Install it (2.37 or later).', { cause });
  });
  const [major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(stdout) ?? []).slice(1).map(Number);
  if (major < oldestGit[0] || (major === oldestGit[0] && minor < oldestGit[1]))
    throw new Unavailable(`${stdout.trim()} is too old. Install 2.37 or later.`);
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
