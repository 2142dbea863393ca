import { setTimeout as sleep } from 'node:timers/promises';
import {
  claimFeeds,
  closeGap,
  forgetStack,
  keepFeeds,
  listGaps,
  nextFeedIn,
  noteResults,
  type ClaimedFeed,
  type FeedResult,
} from '../../../db/mirror/feeds.ts';
import { listUnendedMirrors } from '../../../db/mirror/mirrors.ts';
import type { AskFeedsResult } from '../contract.ts';
import { withHeartbeat, type Execution } from '../../streams/execution.ts';
import { askFeed } from './ask-feed.ts';
import type { WatchDependencies } from './opened-feeds.ts';

/** How many feeds are asked at once. */
const mostAtOnce = 32;
/** Feeds that are due within this share of the time between two asks are asked together, so that rounds do not become ever more. */
const together = 0.1;
/** The least time between two rounds, as a share of that. */
const apart = 1 / 3;
/** A round claims no more feeds after this time, in milliseconds; the next one goes on. */
const roundEnds = 30_000;
/** Longer than it can take to ask a feed that was claimed, in milliseconds: if its worker dies, another one asks it after that. */
const lease = 90_000;
/** How often results are stored while others are still asked, in milliseconds. */
const storeEvery = 250;
/** How often the rights of a token are looked at, in milliseconds. */
const checkEvery = 3_600_000;
/** Mirrors are compared with the platform because of what a feed left out at most this often, in milliseconds. */
const compareEvery = 15 * 60_000;

/**
 * Asks all feeds of a stack that are due, stores what they say, and rings for their mirrors. Whatever happens to it, the next
 * round finds each feed where it was: a cursor moves only after what was before it is stored.
 */
export async function askFeeds(deps: WatchDependencies, stack: string): Promise<AskFeedsResult> {
  const { db, platforms, watchInterval } = deps;
  const kinds = platforms.all.filter(({ feeds }) => feeds.length > 0).map(({ kind }) => kind);
  const feeds = watchInterval === null ? 0 : await keepFeeds(db, stack, kinds);
  if (watchInterval === null || feeds === 0) {
    await forgetStack(db, stack);
    return { feeds: 0, asked: 0, news: 0, nextIn: null };
  }
  return withHeartbeat(async (execution) => {
    const round = new Round(deps, { stack, interval: watchInterval, execution });
    try {
      await round.run();
    } finally {
      await compareGaps(deps, stack);
    }
    const next = await nextFeedIn(db, stack);
    const nextIn = next === null ? null : Math.max(next, watchInterval * apart);
    return { feeds, asked: round.asked, news: round.news, nextIn };
  });
}

class Round {
  asked = 0;
  news = 0;
  readonly #deps: WatchDependencies;
  readonly #stack: string;
  readonly #interval: number;
  readonly #execution: Execution;
  readonly #began = performance.now();
  readonly #underWay = new Set<Promise<void>>();
  #claimed: ClaimedFeed[] = [];
  #results: FeedResult[] = [];
  #storedAt = performance.now();
  #failure: Error | null = null;

  constructor(
    deps: WatchDependencies,
    { stack, interval, execution }: { stack: string; interval: number; execution: Execution },
  ) {
    this.#deps = deps;
    this.#stack = stack;
    this.#interval = interval;
    this.#execution = execution;
  }

  async run(): Promise<void> {
    try {
      do {
        await this.#claim();
        this.#begin();
        if (this.#underWay.size > 0)
          // Wakes up for feeds that become due while a slow one is asked.
          await Promise.race([...this.#underWay, sleep(1_000, undefined, { ref: false })]);
        if (performance.now() - this.#storedAt > storeEvery) await this.#store();
        this.#execution.signal.throwIfAborted();
      } while (this.#underWay.size > 0 || this.#claimed.length > 0);
    } finally {
      await Promise.all(this.#underWay);
      await this.#store();
    }
    // One feed keeps no other from being asked.
    if (this.#failure !== null) throw this.#failure;
  }

  async #claim(): Promise<void> {
    const free = mostAtOnce - this.#underWay.size - this.#claimed.length;
    if (free <= 0 || performance.now() - this.#began > roundEnds) return;
    const options = { limit: free, within: this.#interval * together, lease, checkEvery };
    this.#claimed.push(...(await claimFeeds(this.#deps.db, this.#stack, options)));
  }

  #begin(): void {
    for (const feed of this.#claimed.splice(0)) {
      const asking = this.#ask(feed).finally(() => this.#underWay.delete(asking));
      this.#underWay.add(asking);
    }
  }

  async #ask(feed: ClaimedFeed): Promise<void> {
    const { signal } = this.#execution;
    const elapsed = () => performance.now() - this.#began;
    try {
      const result = await askFeed(this.#deps, feed, { interval: this.#interval, signal, elapsed });
      this.#results.push(result);
      this.asked += 1;
      if (result.news) this.news += 1;
      this.#tellTurn(feed, result);
    } catch (error) {
      this.#failure ??= error instanceof Error ? error : new Error(String(error));
    }
  }

  /** Says so when a feed begins to work, or stops to. */
  #tellTurn({ state: before }: ClaimedFeed, { state, message, ...feed }: FeedResult): void {
    if (state === before || (before === 'new' && state === 'works')) return;
    const { projectId: project_id, branchId, kind } = feed;
    const fields = { project_id, branch_id: branchId || undefined, feed: kind, state };
    if (state === 'works') this.#deps.logger.info(fields, 'The feed tells of changes again');
    else this.#deps.logger.warn(fields, `The feed tells of no changes for now: ${message ?? ''}`);
  }

  async #store(): Promise<void> {
    this.#storedAt = performance.now();
    const results = [...this.#results];
    await noteResults(this.#deps.db, results);
    this.#results.splice(0, results.length);
  }
}

/** Has mirrors compared with the platform of which a feed may have left something out. */
async function compareGaps(
  { db, workflows }: Pick<WatchDependencies, 'db' | 'workflows'>,
  stack: string,
): Promise<void> {
  for (const gap of await listGaps(db, stack, compareEvery)) {
    const { projectId, kind, branchId } = gap;
    const mirrors = (await listUnendedMirrors(db, projectId)).filter(
      (row) => row.pausedAt === null && (kind === 'jobs' || row.branchId === branchId),
    );
    for (const row of mirrors)
      await workflows.signal({ projectId, branchId: row.branchId }, 'catchUp');
    await closeGap(db, gap);
  }
}
