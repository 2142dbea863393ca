import { setTimeout as sleep } from 'node:timers/promises';
import { StreamFailure } from '../../model/streams/errors.ts';
import type { AddressPolicy } from '../../network/address-policy.ts';
import type { GitNetwork } from '../../network/git-network.ts';
import { buildCommits } from './build-commits.ts';
import { askAnonymously } from './ask-anonymously.ts';
import { askPush } from './ask-push.ts';
import type { DiskRoom } from '../disk-room.ts';
import { startSweeper } from '../sweeper.ts';
import { gitMissing } from '../run/classify-failure.ts';
import { outgrown, type CacheLimits } from './cache-growth.ts';
import { createCaches, type Cache } from './caches.ts';
import { defaultCloneLimits } from '../../model/streams/clone-limits.ts';
import { connect, type Connection } from '../run/connection.ts';
import { findStream } from './history.ts';
import { createKeyedLock } from '../run/keyed-lock.ts';
import { pushCommits, removeBranch } from './push-commits.ts';
import { askBranches, askTip, baseOf, listHeads, readTip, type TipState } from './read-tip.ts';
import { createGitRunner, GitProcessError } from '../run/run-git.ts';
import {
  CacheBroken,
  createSession,
  failureOf,
  type GitTimeouts,
  type Session,
} from '../run/session.ts';
import { listFiles, namesIn, objectsAt } from './tree-listing.ts';
import type {
  BuiltPlan,
  CommitMessage,
  Delivery,
  DeliveryOptions,
  DeliverOptions,
  GitDeliverer,
  Plan,
  PlanOn,
  Remote,
  Tip,
  TipAtHand,
  TipStart,
} from '../types.ts';

/** Options of {@link createGitDeliverer}. */
export interface GitDelivererOptions {
  /** A directory for caches. Other processes may share it, and it may be emptied at any time. */
  cacheDirectory: string;
  policy: AddressPolicy;
  /** Proxies and certificates; defaults to none. The caller closes it. */
  network?: GitNetwork;
  /** Where to look for git; defaults to the usual places. */
  searchPath?: string;
  timeouts?: Partial<GitTimeouts>;
  /** When a cache that has grown is deleted; defaults to 200 deliveries or 128 MiB. */
  cacheLimits?: Partial<CacheLimits>;
  /** Bytes that a cache may take while it is fetched; defaults to those of a clone. */
  disk?: number;
  /** In MiB: see `GitRunnerOptions`. */
  memory?: number;
  /** Whether there is room for caches; defaults to yes. */
  room?: DiskRoom;
  /** How many milliseconds a cache is kept without being used; defaults to a day. */
  keepFor?: number;
  /** How often unused caches are looked for, in milliseconds; defaults to a minute. */
  sweepEvery?: number;
  logger?: { warn(fields: object, message: string): void };
}

/** A deliverer that can be closed. */
export interface ClosableGitDeliverer extends GitDeliverer {
  /**
   * Removes this process's caches. The caller must first end the deliveries that are still running.
   */
  close(): Promise<void>;
}

/** The usual places of git. */
export const usualSearchPath =
  '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin:/run/current-system/sw/bin';

const defaultTimeouts: GitTimeouts = { local: 120_000, read: 60_000, transfer: 600_000 };
/** How often a delivery plans again because someone else was faster. */
const attempts = 5;
const defaultCacheLimits: CacheLimits = { deliveries: 200, growth: 128 * 1024 * 1024 };

/** See `GitDeliverer`. Deliveries to the same branch of a repository wait for each other. */
export async function createGitDeliverer(
  options: GitDelivererOptions,
): Promise<ClosableGitDeliverer> {
  const { cacheDirectory, policy, room, logger } = options;
  const ways = { policy, network: options.network ?? null };
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const cacheLimits = { ...defaultCacheLimits, ...options.cacheLimits };
  const disk = options.disk ?? defaultCloneLimits.disk;
  const caches = await createCaches(cacheDirectory, room);
  const lock = createKeyedLock();
  const closing = new AbortController();
  const run = createGitRunner({
    home: cacheDirectory,
    searchPath: options.searchPath ?? usualSearchPath,
    ...(options.memory !== undefined && { memory: options.memory }),
  });

  async function openCache(connection: Connection, signal: AbortSignal): Promise<Cache> {
    return caches.open(cacheKey(connection), async (cwd) => {
      const args = ['init', '--quiet', '--bare', '--template=', '--end-of-options', '.'];
      try {
        await run({ args, cwd, timeLimit: timeouts.local, signal });
      } catch (error) {
        if (!(error instanceof GitProcessError)) throw error;
        throw error.outcome === 'not_started' ? gitMissing(error) : new CacheBroken(error.message);
      }
    });
  }

  /**
   * Runs a task with the remote's cache; if the cache turns out to be broken, runs it once more
   * with a new one.
   */
  async function inSession<T>(
    remote: Remote,
    deliverOptions: DeliverOptions,
    task: (session: Session) => Promise<T>,
  ): Promise<T> {
    const { signal } = deliverOptions;
    signal.throwIfAborted();
    const connection = await connect(remote, ways);
    const key = cacheKey(connection);
    const once = async (): Promise<T> => {
      const cache = await openCache(connection, signal);
      const limits = { timeouts, disk, room };
      const session = createSession(run, connection, cache, limits, deliverOptions);
      try {
        const result = await task(session);
        cache.deliveries += 1;
        if (!cache.isTemporary && (await outgrown(session, cacheLimits))) await caches.drop(key);
        return result;
      } finally {
        cache.usedAt = Date.now();
        if (cache.isTemporary) await caches.drop(key);
      }
    };
    return lock.run(key, signal, async () => {
      try {
        return await once();
      } catch (error) {
        if (!mayBeOfTheCache(error)) throw error;
        logger?.warn(
          { err: error, repository: connection.url },
          'A Git cache is being created again.',
        );
        await caches.drop(key);
        return await once().catch((again: unknown) => {
          throw again instanceof CacheBroken ? failureOf(again, connection) : again;
        });
      }
    });
  }

  const sweeper = startSweeper({
    ...{ room, keepFor: options.keepFor, every: options.sweepEvery, logger },
    what: 'Git caches',
    unusedSince: (time) => caches.unusedSince(time),
    drop: (key, time) =>
      lock.run(key, closing.signal, async () => {
        if (caches.unusedSince(time).includes(key)) await caches.drop(key);
      }),
    removeAbandoned: () => caches.removeAbandoned(),
  });

  return {
    deliver: (remote, planOn, deliveryOptions) =>
      inSession(remote, deliveryOptions, (session) => deliver(session, planOn, deliveryOptions)),
    removeBranch: (remote, sha, deliverOptions) =>
      inSession(remote, deliverOptions, (session) => removeBranch(session, sha)),
    askAnonymously: (url, deliverOptions) => askAnonymously(inSession, policy, url, deliverOptions),
    askBranch: (remote, deliverOptions) =>
      inSession(remote, deliverOptions, async (session) => {
        const sha = await askTip(session);
        return { sha, repositoryEmpty: sha === null && (await listHeads(session)) === '' };
      }),
    askBranches: (remote, branches, deliverOptions) =>
      inSession(remote, deliverOptions, (session) => askBranches(session, branches)),
    askPush: (remote, deliverOptions) => inSession(remote, deliverOptions, askPush),
    knock: (remote, step, deliverOptions) =>
      inSession(remote, deliverOptions, async (session) => {
        await (step === 'push' ? session.offerPush() : askTip(session));
      }),
    withTip: (remote, use, deliverOptions) =>
      inSession(remote, deliverOptions, async (session) => {
        const tip = await readTip(session);
        requirePossible(tip);
        return use(lookAt(session, tip));
      }),
    async close() {
      closing.abort();
      await sweeper.stop();
      await caches.close();
    },
  };
}

/**
 * Delivers on the tip that is at hand, as long as nobody else moves the branch, and else on the one that is read. Where the branch
 * is, only its host knows: what is not pushed is planned again on a tip that was read.
 */
async function deliver<Message extends CommitMessage, P extends Plan<Message>>(
  session: Session,
  planOn: PlanOn<P>,
  options: DeliveryOptions<Message, P>,
): Promise<Delivery<Message, P>> {
  const known = takeKnownTip(session, options.beginAt);
  if (known !== null) {
    const plan = await makePlan(session, known, planOn);
    // Nothing is to be done, wherever the branch is.
    if (plan.kind === 'nothing')
      return { tip: known.sha, ...(await build<Message, P>(session, known, plan)) };
    if (plan.kind === 'commits' && plan.commits.length > 0) {
      const built = await build<Message, P>(session, known, plan);
      const sent = bringsNews(known, built) && (await send(session, known, built, options));
      if (sent) return sent;
    }
  }
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    if (attempt > 1) await backOff(attempt, session.signal);
    const tip = await readTip(session);
    const plan = await makePlan(session, tip, planOn);
    if (plan.kind === 'held') throw new StreamFailure(plan.code, plan.message);
    const built = await build<Message, P>(session, tip, plan);
    if (!bringsNews(tip, built)) return { tip: tip.sha, ...built };
    requirePossible(tip);
    const sent = await send(session, tip, built, options);
    if (sent !== null) return sent;
  }
  throw contended(session.connection);
}

/** The tip at hand, if its commit is in the cache. That of our last delivery is taken once: whatever goes wrong, the next one asks. */
function takeKnownTip({ cache }: Session, at: TipAtHand | undefined): TipState | null {
  const { settledAt } = cache;
  cache.settledAt = null;
  if (at === undefined) return null;
  const sha = at === 'last_delivery' ? settledAt : at.sha;
  const facts = sha === null ? undefined : cache.commits.get(sha);
  return sha === null || facts === undefined ? null : { sha, repositoryEmpty: false, ...facts };
}

function makePlan<P extends Plan>(session: Session, tip: TipState, planOn: PlanOn<P>): Promise<P> {
  session.progress('Planning what to send');
  return planOn(lookAt(session, tip));
}

async function build<Message extends CommitMessage, P extends Plan<Message>>(
  session: Session,
  tip: TipState,
  plan: P,
): Promise<BuiltPlan<Message, P>> {
  const planned = plan.kind === 'commits' ? plan.commits : [];
  return { plan, base: tip.sha, ...(await buildCommits<Message>(session, tip, planned)) };
}

function bringsNews(tip: TipState, { commits }: { commits: readonly (string | null)[] }): boolean {
  const last = commits.at(-1) ?? null;
  return last !== null && last !== tip.sha;
}

/** Pushes what was built; `null` if the branch has moved. */
async function send<Message extends CommitMessage, P extends Plan<Message>>(
  session: Session,
  tip: TipState,
  built: BuiltPlan<Message, P>,
  { beforePush }: DeliveryOptions<Message, P>,
): Promise<Delivery<Message, P> | null> {
  const last = built.commits.at(-1) ?? null;
  if (last === null) throw new Error('There is nothing to push.');
  await beforePush?.(built);
  const outcome = await pushCommits(session, tip, last);
  if (outcome === 'moved') return null;
  if (outcome.tip === last) session.cache.settledAt = last;
  return { tip: outcome.tip, ...built };
}

/** Throws if nothing can be sent to the branch, because it cannot be made. */
function requirePossible(tip: TipState): void {
  if (tip.sha === null && tip.impossible !== null) throw tip.impossible;
}

function cacheKey({ url, ref }: Connection): string {
  return `${url} ${ref}`;
}

/** The tip in the form that plans see. */
function lookAt(session: Session, tip: TipState): Tip {
  const { sha, repositoryEmpty } = tip;
  const base = baseOf(tip);
  const start = tip.sha === null && tip.start !== null ? startOf(tip.start) : null;
  return {
    sha,
    repositoryEmpty,
    start,
    findStream: (stream, knownSha, findRecorded) =>
      sha === null
        ? Promise.resolve({ newer: [], knownFound: false, merged: false, complete: true })
        : findStream(session, sha, { stream, knownSha, findRecorded }),
    listFiles: (folders) =>
      base === null ? Promise.resolve(new Map()) : listFiles(session, base.tree, folders),
    objectsAt: (paths) =>
      base === null ? Promise.resolve(new Map()) : objectsAt(session, base.tree, paths),
    namesIn: (folder) =>
      base === null ? Promise.resolve([]) : namesIn(session, base.tree, folder),
  };
}

function startOf({ branch, sha }: TipStart): TipStart {
  return { branch, sha };
}

function mayBeOfTheCache(error: unknown): boolean {
  return (
    error instanceof CacheBroken ||
    (error instanceof StreamFailure &&
      error.code === 'repository_error' &&
      error.cause !== undefined)
  );
}

/** Waits for a short, random time, so that two competing deliveries do not collide again. */
async function backOff(attempt: number, signal: AbortSignal): Promise<void> {
  const ceiling = 50 * 2 ** attempt;
  await sleep(ceiling / 2 + Math.random() * (ceiling / 2), undefined, { signal }).catch(
    () => undefined,
  );
  signal.throwIfAborted();
}

function contended({ branch, url }: Connection): StreamFailure {
  return new StreamFailure(
    'push_contended',
    `Someone else moved branch ${branch} of ${url} during each of Gitward's ${attempts} attempts. Gitward will retry automatically.`,
  );
}
