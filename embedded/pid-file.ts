import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { processIdentity } from './process-identity.ts';

/** Records the process of a server, so that a later start can find it. */
export async function rememberPid(file: string, pid: number): Promise<void> {
  const identity = await processIdentity(pid);
  await writeFile(file, JSON.stringify({ pid, identity }), { mode: 0o600 });
}

/** Removes the record of a server that has ended. */
export async function forgetPid(file: string): Promise<void> {
  await rm(file, { force: true });
}

/** The process of a server that is recorded in `file`, if it still runs; otherwise `null`. */
export async function findRemembered(file: string): Promise<number | null> {
  const remembered = await readPidFile(file);
  if (remembered?.identity == null) return null;
  const { pid, identity } = remembered;
  return (await processIdentity(pid)) === identity ? pid : null;
}

/** How {@link stopLeftover} stops the process that it finds. */
export interface LeftoverOptions {
  file: string;
  stopSignal: NodeJS.Signals;
  /** How long it may take to stop before it is killed, in milliseconds. */
  stopWithin: number;
}

/**
 * Stops the server that an earlier run left behind because the run was killed and its servers were
 * not. A process with the same id but another start time is not ours and is left alone. Returns the
 * id of the stopped process, or `null`.
 */
export async function stopLeftover(options: LeftoverOptions): Promise<number | null> {
  const remembered = await readPidFile(options.file);
  if (remembered === null) return null;
  const { pid, identity } = remembered;
  const alive = async () => identity !== null && (await processIdentity(pid)) === identity;
  const found = await alive();
  if (found) {
    signal(pid, options.stopSignal);
    if (!(await ended(alive, options.stopWithin))) {
      signal(pid, 'SIGKILL');
      if (!(await ended(alive, 10_000)))
        throw new Error(`Process ${pid}, which an earlier run left behind, cannot be stopped.`);
    }
  }
  await forgetPid(options.file);
  return found ? pid : null;
}

async function ended(alive: () => Promise<boolean>, within: number): Promise<boolean> {
  const deadline = Date.now() + within;
  while (await alive()) {
    if (Date.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // It has ended in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function readPidFile(file: string): Promise<{ pid: number; identity: string | null } | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    const { pid, identity } = JSON.parse(text) as { pid?: unknown; identity?: unknown };
    if (typeof pid !== 'number' || typeof identity !== 'string') return null;
    return { pid, identity };
  } catch {
    // A crash cut the file short, so it tells us nothing.
    return null;
  }
}
