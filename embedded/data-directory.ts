import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { processIdentity } from './process-identity.ts';

/** Another Gitward works on the data directory. */
export class DataDirectoryBusy extends Error {
  override readonly name = 'DataDirectoryBusy';
}

/** A data directory that is ours alone for now. */
export interface DataDirectory {
  /** Absolute. */
  path: string;
  release(): Promise<void>;
}

interface Holder {
  pid: number;
  identity: string | null;
}

/**
 * Makes the data directory where it is missing and takes it for this process. Throws
 * {@link DataDirectoryBusy} with the other process's number where it is taken. What a killed process
 * left is known by its start time and taken over, without a wait.
 */
export async function takeDataDirectory(path: string): Promise<DataDirectory> {
  // As root, the database's own user passes through; every secret in it has a mode of its own.
  await mkdir(path, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const lock = join(path, 'gitward.lock');
  const own: Holder = { pid: process.pid, identity: await processIdentity(process.pid) };
  const draft = `${lock}.${process.pid}`;
  await writeFile(draft, JSON.stringify(own), { mode: 0o600 });
  try {
    // A lock appears with its content or not at all, so that nobody reads half of it.
    while (!(await tryLink(draft, lock))) await removeStale(lock, path);
  } finally {
    await rm(draft, { force: true });
  }
  return {
    path,
    async release() {
      if (isSame(await readHolder(lock), own)) await rm(lock, { force: true });
    },
  };
}

/** Takes the lock away where its holder is gone; throws where the holder is alive. */
async function removeStale(lock: string, path: string): Promise<void> {
  const holder = await readHolder(lock);
  if (holder === null) return;
  const alive = holder.identity !== null && (await processIdentity(holder.pid)) === holder.identity;
  if (alive) throw busy(path, holder.pid);
  const aside = `${lock}.stale.${process.pid}`;
  await rename(lock, aside).catch(ignoreMissing);
  const moved = await readHolder(aside);
  // Somebody else took the stale lock between our look and our move: this is theirs, and fresh.
  if (moved !== null && !isSame(moved, holder)) {
    await tryLink(aside, lock);
    await rm(aside, { force: true });
    throw busy(path, moved.pid);
  }
  await rm(aside, { force: true });
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function readHolder(file: string): Promise<Holder | null> {
  const text = await readFile(file, 'utf8').catch(ignoreMissing);
  if (text === undefined) return null;
  try {
    return JSON.parse(text) as Holder;
  } catch {
    // A power cut can leave an empty file; whoever wrote it is gone.
    return { pid: 0, identity: null };
  }
}

function ignoreMissing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
  throw error;
}

function isSame(a: Holder | null, b: Holder): boolean {
  return a !== null && a.pid === b.pid && a.identity === b.identity;
}

function busy(path: string, pid: number): DataDirectoryBusy {
  return new DataDirectoryBusy(
    `Gitward runs already on ${path} (process ${pid}). Stop that one, or give this one another GITWARD_DATA_DIR.`,
  );
}
