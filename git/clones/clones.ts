import { StreamFailure } from '../../model/streams/errors.ts';
import type { AddressPolicy } from '../../network/address-policy.ts';
import type { GitNetwork } from '../../network/git-network.ts';
import { createCatFile, type CatFile } from '../cat-file.ts';
import { createCloneFolders, removeLocks } from './clone-folders.ts';
import { brokenBy, readClone } from './clone-reader.ts';
import {
  defaultCloneLimits,
  defaultGitMemory,
  type CloneLimits,
} from '../../model/streams/clone-limits.ts';
import type { Clone, GitClones } from './clone-types.ts';
import { isFull, type DiskRoom } from '../disk-room.ts';
import { inUse, startSweeper } from '../sweeper.ts';
import { newLineState, type LineState } from './line-reads.ts';
import { connect, type Connection } from '../run/connection.ts';
import { usualSearchPath } from '../deliver/deliverer.ts';
import { createKeyedLock } from '../run/keyed-lock.ts';
import { askRef, askTip, listHeads } from '../deliver/read-tip.ts';
import { createGitRunner, GitProcessError } from '../run/run-git.ts';
import {
  CacheBroken,
  createSession,
  failureOf,
  type GitTimeouts,
  type Session,
} from '../run/session.ts';
import { createGitStreamer } from '../run/stream-git.ts';
import type { DeliverOptions, Remote } from '../types.ts';

/** Options of {@link createGitClones}. */
export interface GitClonesOptions {
  /**
   * A directory for the clones. Other processes may share it, and it may be emptied at any time.
   */
  cacheDirectory: string;
  policy: AddressPolicy;
  /** Proxies and certificates; defaults to none. The caller closes it. */
  network?: GitNetwork;
  /** Where to look for git; defaults to the usual places. */
  searchPath?: string;
  timeouts?: Partial<GitTimeouts>;
  limits?: Partial<CloneLimits>;
  /** In MiB: see `GitRunnerOptions`. */
  memory?: number;
  /** After how many fetches their objects are packed together; defaults to 50. */
  packEvery?: number;
  /** How many milliseconds a clone is kept without being used; defaults to a day. */
  keepFor?: number;
  /** Whether there is room for clones; defaults to yes. One that is made while there is none is kept for a minute. */
  room?: DiskRoom;
  /** That minute, in milliseconds. */
  keepTemporaryFor?: number;
  logger?: { warn(fields: object, message: string): void };
}

/** Clones that can be closed. */
export interface ClosableGitClones extends GitClones {
  /** Ends the reading processes. The clones stay for the next process. */
  close(): Promise<void>;
}

/** One branch's clone. */
interface Copy {
  directory: string;
  /** `undefined` until it has been fetched. */
  tip: string | null | undefined;
  catFile: CatFile;
  fetches: number;
  /** A process that writes was killed in it. */
  untidy: boolean;
  lines: LineState;
  /** A commit that the remote was asked for and did not give, and when. */
  missed: { commit: string; at: number } | null;
  asOf: Date | null;
  staleBecause: StreamFailure | null;
  /** How many are reading it, and when the last one ended. */
  readers: number;
  usedAt: number;
  /** It was made while the disk was nearly full. */
  isTemporary: boolean;
}

type Wanted = Parameters<GitClones['withClone']>[1];

const defaultTimeouts: GitTimeouts = { local: 120_000, read: 60_000, transfer: 600_000 };
/** How often the remote is asked for a commit that may never come, in milliseconds. */
const askEvery = 15_000;
const day = 24 * 60 * 60 * 1000;
/** The ref under which a clone keeps the remote's branch. */
const tipRef = 'refs/gitward/tip';

/** See `GitClones`. */
export async function createGitClones(options: GitClonesOptions): Promise<ClosableGitClones> {
  const { cacheDirectory, policy, packEvery = 50, keepFor = day, room, logger } = options;
  const { keepTemporaryFor = inUse } = options;
  const ways = { policy, network: options.network ?? null };
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const limits = { ...defaultCloneLimits, ...options.limits };
  const processes = {
    home: cacheDirectory,
    searchPath: options.searchPath ?? usualSearchPath,
    memory: options.memory ?? defaultGitMemory,
  };
  const run = createGitRunner(processes);
  const streamGit = createGitStreamer(processes);
  const folders = await createCloneFolders(cacheDirectory);
  const lock = createKeyedLock();
  const copies = new Map<string, Copy>();
  const closing = new AbortController();
  /** Tips that are not fetched again, because what they need is too large. */
  const refused = new Map<string, { sha: string; failure: StreamFailure }>();

  /** Runs git in a clone, without any network. */
  async function local(cwd: string, signal: AbortSignal, args: string[]): Promise<Buffer> {
    try {
      return (await run({ args, cwd, signal, timeLimit: timeouts.local })).stdout;
    } catch (error) {
      throw brokenBy(error);
    }
  }

  /** The commit that was last fetched; `null` if none was. */
  async function fetchedTip(catFile: CatFile): Promise<string | null> {
    try {
      return await catFile.refId(tipRef);
    } catch (error) {
      throw brokenBy(error);
    }
  }

  function bind(connection: Connection, directory: string, deliver: DeliverOptions): Session {
    const cache = {
      ...{ directory, commits: new Map(), settledAt: null, deliveries: 0, firstSize: null },
      ...{ broken: false, usedAt: Date.now(), isTemporary: false },
    };
    return createSession(run, connection, cache, { timeouts, disk: limits.disk, room }, deliver);
  }

  async function drop(key: string, copy: Copy | undefined): Promise<void> {
    // Someone else may have created it again in the meantime.
    if (copies.get(key) !== copy) return;
    copy?.catFile.end();
    copies.delete(key);
    await folders.remove(key);
  }

  /** Opens the existing clone, or an empty one. */
  async function open(key: string, signal: AbortSignal): Promise<Copy> {
    const found = await folders.find(key);
    const known = copies.get(key);
    if (known?.directory === found) return known;
    known?.catFile.end();
    const isTemporary = found === null && (await isFull(room));
    const directory = found ?? (await folders.make(key));
    // Repeated even if the repository exists: the process that created it may have been killed
    // half-way.
    await local(directory, signal, initArgs);
    const catFile = createCatFile(processes, directory);
    const copy: Copy = {
      directory,
      tip: found === null ? undefined : ((await fetchedTip(catFile)) ?? undefined),
      catFile,
      fetches: 0,
      untidy: false,
      lines: newLineState(),
      missed: null,
      asOf: null,
      staleBecause: null,
      readers: 0,
      usedAt: Date.now(),
      isTemporary,
    };
    copies.set(key, copy);
    return copy;
  }

  /** Fetches what is new. Whoever wants a certain commit has been told of it, so the remote is not asked once more. */
  async function refresh(
    key: string,
    copy: Copy,
    remote: Remote,
    wanted: Wanted,
    deliver: DeliverOptions,
  ): Promise<void> {
    const session = bind(await connect(remote, ways), copy.directory, deliver);
    session.progress('Reading the repository');
    const askedAt = new Date();
    const known = refused.get(key);
    const seen = typeof wanted === 'object' && known === undefined ? wanted.commit : null;
    const sha = seen ?? (await askTip(session));
    if (sha !== null && sha === known?.sha) throw known.failure;
    refused.delete(key);
    if (sha === null) await listHeads(session);
    const isThere = sha !== null && (sha === copy.tip || (await fetch(key, copy, session, sha)));
    if (!isThere) copy.tip = null;
    copy.asOf = askedAt;
  }

  /** Fetches a branch whose tip was `sha` a moment ago; returns whether it still exists. */
  async function fetch(key: string, copy: Copy, session: Session, sha: string): Promise<boolean> {
    const { directory } = copy;
    if (copy.untidy) await removeLocks(directory);
    copy.untidy = true;
    session.progress('Fetching the branch');
    try {
      await session.remote('fetch', fetchArgs(session.connection), { 'fetch.unpackLimit': '1' });
    } catch (error) {
      if (!(error instanceof StreamFailure)) throw error;
      if (isOfNoBranch(error)) {
        await listHeads(session);
        return false;
      }
      if (error.code !== 'repository_too_large') throw error;
      refused.set(key, { sha, failure: error });
      await drop(key, copy);
      throw error;
    }
    copy.tip = await fetchedTip(copy.catFile);
    copy.fetches += 1;
    if (copy.fetches % packEvery === 0) await local(directory, session.signal, packArgs);
    copy.untidy = false;
    return true;
  }

  /** Returns the clone, as fresh as requested. Take the key's lock first. */
  async function get(
    key: string,
    remote: Remote,
    wanted: Wanted,
    deliver: DeliverOptions,
  ): Promise<Copy> {
    const copy = await open(key, deliver.signal);
    if (await serves(copy, wanted, deliver)) return copy;
    const orKept = typeof wanted === 'object' && wanted.orKept === true ? wanted.commit : null;
    if (orKept === null || copy.tip === undefined) {
      await refresh(key, copy, remote, wanted, deliver);
      return copy;
    }
    const { missed } = copy;
    if (missed?.commit === orKept && Date.now() - missed.at < askEvery) return copy;
    try {
      await refresh(key, copy, remote, wanted, deliver);
      copy.staleBecause = null;
    } catch (error) {
      if (!(error instanceof StreamFailure) || copies.get(key) !== copy) throw error;
      copy.staleBecause = error;
    }
    const isHere = await serves(copy, wanted, deliver);
    copy.missed = isHere ? null : { commit: orKept, at: Date.now() };
    return copy;
  }

  /** Lists the clones that nobody has used since a time and nobody reads, the longest unused first. */
  function unusedSince(time: number): string[] {
    return [...copies]
      .filter(([, { readers, usedAt, isTemporary }]) => {
        const since = isTemporary ? Math.max(time, Date.now() - keepTemporaryFor) : time;
        return readers === 0 && usedAt < since;
      })
      .sort(([, one], [, other]) => one.usedAt - other.usedAt)
      .map(([key]) => key);
  }

  /** Whether a clone is as fresh as requested, without asking the remote. */
  async function serves(copy: Copy, wanted: Wanted, deliver: DeliverOptions): Promise<boolean> {
    if (copy.tip === undefined || wanted === 'fresh') return false;
    return wanted === false || lookAt(copy, deliver).has(wanted.commit);
  }

  function lookAt(copy: Copy, { signal }: DeliverOptions): Clone {
    const { directory, tip = null, catFile, lines: lineState, asOf, staleBecause } = copy;
    const told = { directory, tip, asOf, staleBecause, lineState, closing: closing.signal };
    return readClone({ ...told, run, streamGit, catFile, limits, signal });
  }

  async function read<T>(
    copy: Copy,
    use: (clone: Clone) => Promise<T>,
    deliver: DeliverOptions,
  ): Promise<T> {
    copy.readers += 1;
    try {
      return await use(lookAt(copy, deliver));
    } finally {
      copy.readers -= 1;
      copy.usedAt = Date.now();
    }
  }

  /** Asks a remote one question. What it answers with nothing may be no Git server. */
  async function ask<T>(
    remote: Remote,
    deliver: DeliverOptions,
    question: (session: Session) => Promise<T | null>,
  ): Promise<T | null> {
    deliver.signal.throwIfAborted();
    const session = bind(await connect(remote, ways), cacheDirectory, deliver);
    const answer = await question(session);
    if (answer === null) await listHeads(session);
    return answer;
  }

  const sweeper = startSweeper({
    ...{ what: 'clones', room, keepFor, logger, unusedSince },
    every: Math.max(Math.min(keepFor / 4, keepTemporaryFor), 10),
    drop: (key, time) =>
      lock.run(key, closing.signal, async () => {
        if (unusedSince(time).includes(key)) await drop(key, copies.get(key));
      }),
    removeAbandoned: (isLow) => folders.removeAbandoned(isLow),
  });

  return {
    async withClone(remote, wanted, use, deliver) {
      const { signal } = deliver;
      signal.throwIfAborted();
      const key = copyKey(remote, policy);
      let used: Copy | undefined;
      const once = async () => {
        used = copies.get(key);
        // What is already here can be read while the remote is away, and while another caller is
        // waiting for it.
        if (used === undefined || !(await serves(used, wanted, deliver)))
          used = await lock.run(key, signal, async () => {
            const copy = await get(key, remote, wanted, deliver);
            // A fetch may have taken longer than a clone is kept.
            copy.usedAt = Date.now();
            return copy;
          });
        return read(used, use, deliver);
      };
      try {
        return await once();
      } catch (error) {
        if (!mayBeOfTheCopy(error)) throw error;
        logger?.warn(
          { err: error, repository: remote.url },
          'The clone of a branch is being created again.',
        );
        const broken = used ?? copies.get(key);
        await lock.run(key, signal, () => drop(key, broken));
        return await once().catch((again: unknown) => {
          throw again instanceof CacheBroken ? failureOf(again, remote) : again;
        });
      }
    },
    askTip: (remote, deliver) => ask(remote, deliver, askTip),
    askRef: (remote, name, deliver) => ask(remote, deliver, (session) => askRef(session, name)),
    async close() {
      closing.abort();
      await sweeper.stop();
      for (const { catFile } of copies.values()) catFile.end();
      copies.clear();
      await folders.leave();
    },
  };
}

const initArgs = ['init', '--quiet', '--bare', '--template=', '--end-of-options', '.'];
const packArgs = ['repack', '-d', '-q', '--geometric=2'];

function copyKey({ url, branch }: Remote, policy: AddressPolicy): string {
  return `${policy.checkRepositoryUrl(url)} refs/heads/${branch}`;
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

/** Whether a fetch failed because the remote has no such branch. */
function isOfNoBranch({ cause }: StreamFailure): boolean {
  return cause instanceof GitProcessError && cause.stderr.includes("couldn't find remote ref");
}

function mayBeOfTheCopy(error: unknown): boolean {
  if (error instanceof CacheBroken) return true;
  return (
    error instanceof StreamFailure &&
    error.code === 'repository_error' &&
    error.cause instanceof GitProcessError
  );
}
