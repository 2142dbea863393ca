import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { processIdentity } from './process-identity.ts';

/**
 * Removes the server's own lock (`postmaster.pid`) if the process that it names has ended. The
 * server only checks whether the process id is in use, so it refuses to start when the id belongs
 * to a dead process that nobody has reaped (in a container without an init) or was given to another
 * program. The caller holds the lock of the data directory, and has stopped what an earlier run
 * left behind.
 */
export async function removeStaleLock(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return;
  const pid = Number(text.split('\n')[0]);
  if ((await processIdentity(pid)) === null || (await worksElsewhere(pid, data)))
    await rm(file, { force: true });
}

/**
 * A PostgreSQL server's working directory is its data directory; only Linux tells us the one of
 * another process.
 */
async function worksElsewhere(pid: number, data: string): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  return readlink(`/proc/${pid}/cwd`).then(
    async (directory) => directory !== (await realpath(data)),
    // We may not look, or it has just ended: let the server decide.
    () => false,
  );
}
