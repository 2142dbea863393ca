import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { exists, isAlive, touch } from '../folder-use.ts';

/**
 * The folders in which this process keeps its clones. Take the key's lock before calling any
 * method.
 */
export interface CloneFolders {
  /**
   * The key's folder: one of this process, or one that an ended process left; `null` if there is
   * none.
   */
  find(key: string): Promise<string | null>;
  /** Creates an empty folder for a key that has none. */
  make(key: string): Promise<string>;
  remove(key: string): Promise<void>;
  /** Removes what ended processes left and nobody has used for long; or `all` of it. */
  removeAbandoned(all: boolean): Promise<void>;
  /** Leaves the folders for a later process. */
  leave(): Promise<void>;
}

/**
 * A folder that belongs to nobody, or to another host, is removed after this many milliseconds
 * without use.
 */
const abandonedAfter = 7 * 24 * 60 * 60 * 1000;
/**
 * The folders of this process: it may have created several, and its process id may have belonged to
 * another one before.
 */
const ours = new Set<string>();

/**
 * Manages folders below `directory`, in a subfolder that only this process uses, so that processes
 * need no lock between them. The folder of an ended process of this host is taken over by renaming
 * it, which only one process can do.
 */
export async function createCloneFolders(directory: string): Promise<CloneFolders> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const ownName = `${hostname()}@${process.pid}@${randomBytes(4).toString('hex')}`;
  const own = join(directory, ownName);
  ours.add(ownName);
  await removeAbandoned(directory, false);

  async function takeOver(name: string, place: string): Promise<boolean> {
    for (const folder of await readdir(directory)) {
      if (!isLeft(folder)) continue;
      try {
        await rename(join(directory, folder, name), place);
        return true;
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        // It has no folder, or another process was faster.
        if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
      }
    }
    return false;
  }

  return {
    async find(key) {
      const place = join(own, nameOf(key));
      await mkdir(own, { recursive: true, mode: 0o700 });
      await touch(own);
      if (await exists(place)) return place;
      if (!(await takeOver(nameOf(key), place))) return null;
      await removeLocks(place);
      return place;
    },
    async make(key) {
      const place = join(own, nameOf(key));
      await mkdir(place, { recursive: true, mode: 0o700 });
      return place;
    },
    async remove(key) {
      // Renamed first, so that a process which is still writing there cannot write into a folder
      // that is created later.
      const dropped = join(own, `dropped-${randomBytes(4).toString('hex')}`);
      try {
        await rename(join(own, nameOf(key)), dropped);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      }
      await rm(dropped, { recursive: true, force: true, maxRetries: 3 });
    },
    removeAbandoned: (all) => removeAbandoned(directory, all),
    async leave() {
      ours.delete(ownName);
      const left = join(directory, `${hostname()}@ended@${randomBytes(4).toString('hex')}`);
      await rename(own, left).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      });
    },
  };
}

/** Removes what a killed process left in one of our repositories: locks and incomplete packs. */
export async function removeLocks(repository: string): Promise<void> {
  for (const folder of [
    '.',
    'refs/gitward',
    'objects/pack',
    'objects/info',
    'objects/info/commit-graphs',
  ]) {
    const names = await readdir(join(repository, folder)).catch(() => []);
    for (const name of names)
      if (name.endsWith('.lock') || /^\.?tmp[-_]/.test(name))
        await rm(join(repository, folder, name), { recursive: true, force: true });
  }
}

function nameOf(key: string): string {
  return `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.git`;
}

/** Whether a folder belongs to an ended process of this host. */
function isLeft(folder: string): boolean {
  const [host, pid] = folder.split('@');
  if (host !== hostname() || pid === undefined || ours.has(folder)) return false;
  return pid === 'ended' || Number(pid) === process.pid || !isAlive(Number(pid));
}

async function removeAbandoned(directory: string, all: boolean): Promise<void> {
  for (const folder of await readdir(directory)) {
    if (!folder.includes('@') || ours.has(folder)) continue;
    const path = join(directory, folder);
    const { mtimeMs } = (await stat(path).catch(() => null)) ?? { mtimeMs: Date.now() };
    const [host, pid] = folder.split('@');
    const used = host === hostname() && !isLeft(folder) && isAlive(Number(pid));
    const empty = isLeft(folder) && (await readdir(path).catch(() => [''])).length === 0;
    const goes = all && isLeft(folder);
    if (empty || goes || (!used && Date.now() - mtimeMs > abandonedAfter))
      await rm(path, { recursive: true, force: true });
  }
}
