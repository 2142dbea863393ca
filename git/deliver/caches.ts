import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isFull, type DiskRoom } from '../disk-room.ts';
import { exists, isAlive, touch } from '../folder-use.ts';

/** What is known about a commit whose trees are in the cache. */
export interface CommitFacts {
  tree: string;
  /** The committer date, in seconds since 1970. */
  committedAt: number;
}

/**
 * One of our bare repositories, for one remote branch. Everything in it can be fetched from the
 * remote again.
 */
export interface Cache {
  directory: string;
  /** The commits whose trees are here: fetched tips and commits that we built. */
  commits: Map<string, CommitFacts>;
  /** The tip that our last delivery was read back as, if nothing went wrong since; the next one begins from it. */
  settledAt: string | null;
  deliveries: number;
  /** Its size in bytes after the first delivery; `null` before. */
  firstSize: number | null;
  /**
   * A process was killed in it, or something in it is missing: create it again before the next use.
   */
  broken: boolean;
  /** When it was last opened, in milliseconds since 1970. */
  usedAt: number;
  /** It was created while the disk was nearly full, so it is to be dropped after its use. */
  isTemporary: boolean;
}

/**
 * The caches of this process. They cannot be used by two callers at the same time: take the key's
 * lock first.
 */
export interface Caches {
  /** Opens the key's cache; if there is none, creates it with `initialise`. */
  open(key: string, initialise: (directory: string) => Promise<void>): Promise<Cache>;
  /** Removes the key's cache. */
  drop(key: string): Promise<void>;
  /** The keys of the caches that were last used before this time (milliseconds since 1970), the longest unused first. */
  unusedSince(time: number): string[];
  /** Removes folders that dead processes left. */
  removeAbandoned(): Promise<void>;
  /** Removes all caches of this process. */
  close(): Promise<void>;
}

const abandonedAfter = 24 * 60 * 60 * 1000;

/**
 * Manages caches below `directory`, in a folder that only this process uses: workers that share a
 * data directory need no lock between them, and a restart costs one shallow fetch per remote. Also
 * removes folders that dead processes left. While the disk is nearly full, what is created is temporary.
 */
export async function createCaches(directory: string, room?: DiskRoom): Promise<Caches> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await removeAbandoned(directory);
  const ownName = `${hostname()}@${process.pid}@${randomBytes(4).toString('hex')}`;
  const own = join(directory, ownName);
  const caches = new Map<string, Cache>();

  async function drop(key: string): Promise<void> {
    const cache = caches.get(key);
    caches.delete(key);
    if (cache !== undefined)
      await rm(cache.directory, { recursive: true, force: true, maxRetries: 3 });
  }

  return {
    async open(key, initialise) {
      const known = caches.get(key);
      if (known !== undefined && !known.broken && (await exists(known.directory))) {
        await touch(own);
        known.usedAt = Date.now();
        return known;
      }
      await drop(key);
      const isTemporary = await isFull(room);
      const name = createHash('sha256').update(key).digest('hex').slice(0, 16);
      // A new name each time, so that what a killed process still writes goes to the old one.
      const made = join(own, `${name}-${randomBytes(4).toString('hex')}.git`);
      await mkdir(made, { recursive: true, mode: 0o700 });
      try {
        await initialise(made);
      } catch (error) {
        // Nobody would ever remove it: each attempt on a full disk would leave one.
        await rm(made, { recursive: true, force: true, maxRetries: 3 });
        throw error;
      }
      const cache = {
        directory: made,
        commits: new Map(),
        settledAt: null,
        deliveries: 0,
        firstSize: null,
        broken: false,
        usedAt: Date.now(),
        isTemporary,
      };
      caches.set(key, cache);
      return cache;
    },
    drop,
    unusedSince: (time) =>
      [...caches]
        .filter(([, { usedAt }]) => usedAt < time)
        .sort(([, one], [, other]) => one.usedAt - other.usedAt)
        .map(([key]) => key),
    removeAbandoned: () => removeAbandoned(directory),
    async close() {
      caches.clear();
      await rm(own, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/**
 * Removes the folders of dead processes of this host, and folders of any host that have not been
 * used for a day.
 */
async function removeAbandoned(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const [host, pid] = name.split('@');
    if (pid === undefined) continue;
    const path = join(directory, name);
    if (host === hostname() && Number(pid) === process.pid) continue;
    const lastUse = (await stat(path).catch(() => null))?.mtimeMs ?? 0;
    const dead = host === hostname() && !isAlive(Number(pid));
    if (dead || Date.now() - lastUse > abandonedAfter)
      await rm(path, { recursive: true, force: true });
  }
}
