import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { exists, isAlive, touch } from '../folder-use.ts';

/** What is known of a commit whose trees are in the cache. */
export interface CommitFacts {
  tree: string;
  /** The committer's date, in seconds since 1970. */
  committedAt: number;
}

/** A bare repository of ours for one remote branch; it holds nothing that the remote cannot give again. */
export interface Cache {
  directory: string;
  /** The commits whose trees are here: fetched tips, and what we built. */
  commits: Map<string, CommitFacts>;
  deliveries: number;
  /** Its size in bytes after the first delivery; `null` before. */
  firstSize: number | null;
  /** A process was ended in it, or something in it is missing: make it again before the next use. */
  broken: boolean;
}

/** The caches of this process. Not safe for two users of a key at once: take the key's lock first. */
export interface Caches {
  /** The key's cache, made by `initialise` where there is none. */
  open(key: string, initialise: (directory: string) => Promise<void>): Promise<Cache>;
  /** Removes the key's cache. */
  drop(key: string): Promise<void>;
  /** Removes all caches of this process. */
  close(): Promise<void>;
}

const abandonedAfter = 24 * 60 * 60 * 1000;

/**
 * Caches below `directory`, in a folder of this process's own: workers that share a data directory
 * need no lock between them, and a restart costs one shallow fetch a remote. Folders that dead
 * processes left are removed on the way.
 */
export async function createCaches(directory: string): Promise<Caches> {
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
        return known;
      }
      await drop(key);
      const name = createHash('sha256').update(key).digest('hex').slice(0, 16);
      // A fresh name each time: what an ended process still writes goes to the old one.
      const made = join(own, `${name}-${randomBytes(4).toString('hex')}.git`);
      await mkdir(made, { recursive: true, mode: 0o700 });
      await initialise(made);
      const cache = {
        directory: made,
        commits: new Map(),
        deliveries: 0,
        firstSize: null,
        broken: false,
      };
      caches.set(key, cache);
      return cache;
    },
    drop,
    async close() {
      caches.clear();
      await rm(own, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** Removes the folders of this host's dead processes, and of any host's that nobody used for a day. */
async function removeAbandoned(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const [host, pid] = name.split('@');
    if (pid === undefined) continue;
    const path = join(directory, name);
    const lastUse = (await stat(path).catch(() => null))?.mtimeMs ?? 0;
    const dead = host === hostname() && !isAlive(Number(pid));
    if (dead || Date.now() - lastUse > abandonedAfter)
      await rm(path, { recursive: true, force: true });
  }
}
