import { StreamFailure } from '../model/errors.ts';
import type { AddressPolicy } from '../network/address-policy.ts';
import { createCatFile, type CatFile } from './cat-file.ts';
import { createCloneFolders, removeLocks } from './clone-folders.ts';
import { readClone } from './clone-reader.ts';
import type { Clone, GitClones } from './clone-types.ts';
import { connect, type Connection } from './connection.ts';
import { usualSearchPath } from './deliverer.ts';
import { createKeyedLock } from './keyed-lock.ts';
import { askTip, listHeads } from './read-tip.ts';
import { createGitRunner, GitProcessError } from './run-git.ts';
import {
  CacheBroken,
  createSession,
  failureOf,
  type GitTimeouts,
  type Session,
} from './session.ts';
import { createGitStreamer } from './stream-git.ts';
import type { DeliverOptions } from './types.ts';

/** What keeping copies needs. */
export interface GitClonesOptions {
  /** A directory for the copies; may be shared with other processes, and may be emptied at any time. */
  cacheDirectory: string;
  policy: AddressPolicy;
  /** Where git is looked for; the usual places unless told. */
  searchPath?: string;
  timeouts?: Partial<GitTimeouts>;
  logger?: { warn(fields: object, message: string): void };
}

/** Copies that also end. */
export interface ClosableGitClones extends GitClones {
  /** Ends the processes that read; the copies stay, for the next process. */
  close(): Promise<void>;
}

/** One branch's copy. */
interface Copy {
  directory: string;
  /** `undefined` until it was fetched. */
  tip: string | null | undefined;
  catFile: CatFile;
  fetches: number;
  /** A process that writes was ended in it. */
  untidy: boolean;
}

const defaultTimeouts: GitTimeouts = { local: 120_000, read: 60_000, transfer: 600_000 };
/** Where a copy keeps the remote's branch. */
const tipRef = 'refs/gitward/tip';
/** Fetches after which what they brought is packed together. */
const packEvery = 50;

/** See `GitClones`. */
export async function createGitClones(options: GitClonesOptions): Promise<ClosableGitClones> {
  const { cacheDirectory, policy, logger } = options;
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const processes = { home: cacheDirectory, searchPath: options.searchPath ?? usualSearchPath };
  const run = createGitRunner(processes);
  const streamGit = createGitStreamer(processes);
  const folders = await createCloneFolders(cacheDirectory);
  const lock = createKeyedLock();
  const copies = new Map<string, Copy>();

  function bind(connection: Connection, directory: string, deliver: DeliverOptions): Session {
    const cache = { directory, commits: new Map(), deliveries: 0, firstSize: null, broken: false };
    return createSession(run, connection, cache, timeouts, deliver);
  }

  async function drop(key: string, copy?: Copy): Promise<void> {
    // Somebody else may have made it again meanwhile.
    if (copy !== undefined && copies.get(key) !== copy) return;
    copies.get(key)?.catFile.end();
    copies.delete(key);
    await folders.remove(key);
  }

  /** The copy as it is here, or an empty one. */
  async function open(connection: Connection, deliver: DeliverOptions): Promise<Copy> {
    const key = keyOf(connection);
    const found = await folders.find(key);
    const known = copies.get(key);
    if (known?.directory === found) return known;
    known?.catFile.end();
    const directory = found ?? (await folders.make(key));
    const session = bind(connection, directory, deliver);
    // Also over one that is there: whoever made it may have been ended.
    await session.local(['init', '--quiet', '--bare', '--template=', '--end-of-options', '.']);
    const copy: Copy = {
      directory,
      tip: found === null ? undefined : await readTip(session),
      catFile: createCatFile(processes, directory),
      fetches: 0,
      untidy: false,
    };
    copies.set(key, copy);
    return copy;
  }

  /** Looks at the remote, and fetches what is new. */
  async function refresh(copy: Copy, session: Session): Promise<void> {
    session.progress('reading the tip');
    const sha = await askTip(session);
    if (sha === null) {
      await listHeads(session);
      copy.tip = null;
    } else if (sha !== copy.tip) {
      if (copy.untidy) await removeLocks(copy.directory);
      copy.untidy = true;
      session.progress('fetching the branch');
      await session.remote('fetch', fetchArgs(session.connection));
      copy.tip = (await readTip(session)) ?? null;
      copy.fetches += 1;
      if (copy.fetches % packEvery === 0)
        await session.local(['repack', '-d', '-q', '--geometric=2']);
      copy.untidy = false;
    }
  }

  /** The copy, as new as it is wanted. */
  async function get(
    connection: Connection,
    wanted: 'fresh' | false | { commit: string },
    deliver: DeliverOptions,
  ): Promise<Copy> {
    const copy = await open(connection, deliver);
    const session = bind(connection, copy.directory, deliver);
    if (copy.tip === undefined || wanted === 'fresh') await refresh(copy, session);
    else if (wanted !== false && !(await lookAt(copy, deliver).has(wanted.commit)))
      await refresh(copy, session);
    return copy;
  }

  function lookAt({ directory, tip, catFile }: Copy, { signal }: DeliverOptions): Clone {
    return readClone({ directory, tip: tip ?? null, run, streamGit, catFile, signal });
  }

  return {
    async withClone(remote, wanted, use, deliver) {
      deliver.signal.throwIfAborted();
      const connection = await connect(remote, policy);
      const key = keyOf(connection);
      const once = async () => {
        const copy = await lock.run(key, deliver.signal, () => get(connection, wanted, deliver));
        return use(lookAt(copy, deliver));
      };
      const used = copies.get(key);
      try {
        return await once();
      } catch (error) {
        if (!mayBeOfTheCopy(error)) throw error;
        logger?.warn(
          { err: error, repository: connection.url },
          'A copy of a branch is made again.',
        );
        await lock.run(key, deliver.signal, () => drop(key, used ?? copies.get(key)));
        return await once().catch((again: unknown) => {
          throw again instanceof CacheBroken ? failureOf(again, connection) : again;
        });
      }
    },
    async askTip(remote, deliver) {
      deliver.signal.throwIfAborted();
      const connection = await connect(remote, policy);
      const session = bind(connection, cacheDirectory, deliver);
      const sha = await askTip(session);
      if (sha === null) await listHeads(session);
      return sha;
    },
    async close() {
      for (const { catFile } of copies.values()) catFile.end();
      copies.clear();
      await folders.leave();
    },
  };
}

function keyOf({ url, ref }: Connection): string {
  return `${url} ${ref}`;
}

/** The commit that was fetched last; `undefined` where nothing was. */
async function readTip(session: Session): Promise<string | undefined> {
  const text = (await session.local(['for-each-ref', '--format=%(objectname)', tipRef]))
    .toString()
    .trim();
  return text === '' ? undefined : text;
}

function fetchArgs({ ref }: Connection): string[] {
  return [
    'fetch',
    '--quiet',
    '--no-tags',
    '--no-write-fetch-head',
    '--no-auto-maintenance',
    '--no-recurse-submodules',
    '--end-of-options',
    'origin',
    `+${ref}:${tipRef}`,
  ];
}

function mayBeOfTheCopy(error: unknown): boolean {
  if (error instanceof CacheBroken) return true;
  return (
    error instanceof StreamFailure &&
    error.code === 'repository_error' &&
    error.cause instanceof GitProcessError
  );
}
