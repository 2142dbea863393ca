import { chmod, link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { processIdentity } from './process-identity.ts';

/** Another Gitward is using the data directory. */
export class DataDirectoryBusy extends Error {
  override readonly name = 'DataDirectoryBusy';
}

/** A data directory that only this process uses, until it is released. */
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
 * Creates the data directory if it is missing and locks it for this process. Throws
 * {@link DataDirectoryBusy} with the id of the other process if it is locked already. The lock of a
 * killed process is recognised by the start time in it and taken over without waiting.
 */
export async function takeDataDirectory(path: string): Promise<DataDirectory> {
  // If we are root, the database's own user must be able to pass through; every secret in it has
  // its own mode.
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
  await mkdir(path, { recursive: true, mode });
  await closeToOthers(path, mode);
  const lock = join(path, 'gitward.lock');
  const own: Holder = { pid: process.pid, identity: await processIdentity(process.pid) };
  const draft = `${lock}.${process.pid}`;
  await writeFile(draft, JSON.stringify(own), { mode: 0o600 });
  try {
    // A lock appears together with its content or not at all, so nobody can read half of it.
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

/** Takes away what others may do in a directory that was there before; throws if it is not ours to change. */
async function closeToOthers(path: string, mode: number): Promise<void> {
  const found = await stat(path);
  const uid = process.getuid?.();
  if (uid !== undefined && found.uid !== uid)
    throw new Error(
      `${path} belongs to user ${found.uid}, who could replace what Gitward keeps in it. Give it to user ${uid} ` +
        '(chown), or set another GITWARD_DATA_DIR.',
    );
  if ((found.mode & 0o777 & ~mode) !== 0) await chmod(path, mode);
}

/** Removes the lock if its holder has ended; throws if the holder is alive. */
async function removeStale(lock: string, path: string): Promise<void> {
  const holder = await readHolder(lock);
  if (holder === null) return;
  const alive = holder.identity !== null && (await processIdentity(holder.pid)) === holder.identity;
  if (alive) throw busy(path, holder.pid);
  const aside = `${lock}.stale.${process.pid}`;
  await rename(lock, aside).catch(ignoreMissing);
  const moved = await readHolder(aside);
  // Someone else replaced the stale lock after we read it and before we moved it: this lock is
  // theirs, and valid.
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
    // A power cut can leave an empty file; the process that wrote it has ended.
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
    `Gitward is already running on ${path} (process ${pid}). Stop it, or set another GITWARD_DATA_DIR for this one.`,
  );
}
