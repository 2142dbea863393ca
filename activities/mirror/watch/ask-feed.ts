import type { ClaimedFeed, FeedResult } from '../../../db/mirror/feeds.ts';
import { askAgainIn, type FeedOutcome } from '../../../model/mirror/feed.ts';
import { StreamFailure, type FailureCode } from '../../../model/streams/errors.ts';
import type { FeedAnswer } from '../../../platforms/feeds/source-feeds.ts';
import { TooBusy } from '../../../platforms/traffic/source-traffic.ts';
import { acceptEvents } from './accept-events.ts';
import type { OpenedFeeds, WatchDependencies } from './opened-feeds.ts';

/** What was learned by asking a feed, without when to ask again. */
type Learned = Omit<FeedResult, 'askAgainIn' | keyof Claimed> & { outcome: FeedOutcome };
type Claimed = Pick<ClaimedFeed, 'projectId' | 'kind' | 'branchId' | 'claim'>;

/** How long asking one feed may take, in milliseconds; shorter than its claim. */
const longestAsk = 60_000;
/** How often in a row a platform has to refuse a cursor without a reason that we know before the feed begins anew. */
const refusedCursor = 3;

/** How a feed is asked. */
export interface Asking {
  /** The time between two asks, in milliseconds. */
  interval: number;
  signal: AbortSignal;
  /** How long the round has lasted by now, in milliseconds. */
  elapsed: () => number;
}

/**
 * Asks one feed, and stores what it says before its cursor may move on. A failure is part of the result; only the database's, and
 * the end of the activity, are thrown.
 */
export async function askFeed(
  deps: WatchDependencies,
  feed: ClaimedFeed,
  { interval, signal, elapsed }: Asking,
): Promise<FeedResult> {
  const { outcome, ...learned } = await learn(deps, feed, signal);
  const { quietFor } = feed;
  const { failures } = learned;
  const again = askAgainIn(outcome, { interval, quietFor, failures, random: Math.random() });
  const { projectId, kind, branchId, claim } = feed;
  // All feeds of a round are due again at the same time, so that rounds do not become ever more.
  const inStep = Math.max(Math.min(again, interval / 2), again - (elapsed() % interval));
  const askAgain = outcome.kind === 'failing' ? again : inStep;
  return { projectId, kind, branchId, claim, ...learned, askAgainIn: askAgain };
}

async function learn(
  deps: WatchDependencies,
  feed: ClaimedFeed,
  ending: AbortSignal,
): Promise<Learned> {
  const late = new AbortController();
  const tooLong = new TooBusy('The platform took longer than a minute.', longestAsk);
  const timer = setTimeout(() => late.abort(tooLong), longestAsk);
  const signal = AbortSignal.any([ending, late.signal]);
  try {
    const opened = await deps.feedsAtHand.of(feed);
    if (opened === null) return withoutFeed(feed, 'missing', 'The platform has no such feed.');
    const isAsBefore = feed.state === 'works' || feed.state === 'failing';
    const checked = feed.kind === 'events' && (feed.checkDue || !isAsBefore);
    const limits = checked ? await opened.feeds.limits({ signal }) : null;
    if (limits !== null) return { ...withoutFeed(feed, 'limited', limits), checked };
    return { ...(await ask(deps, feed, opened, signal)), checked };
  } catch (error) {
    ending.throwIfAborted();
    if (error instanceof TooBusy) return failing(feed, error.message, error.wait);
    if (!(error instanceof StreamFailure)) throw error;
    if (feed.cursor !== null && mayBeOfCursor(error, feed)) return beginsAnew(feed, error.message);
    const lasting = lastingStates[error.code];
    return lasting === undefined
      ? failing(feed, error.message, null)
      : withoutFeed(feed, lasting, error.message);
  } finally {
    clearTimeout(timer);
  }
}

/** Why a feed does not work until somebody changes something. */
const lastingStates: Partial<Record<FailureCode, 'refused' | 'missing'>> = {
  source_token_refused: 'refused',
  source_not_found: 'missing',
  address_refused: 'missing',
};

/** Whether a platform may not know the cursor any more, because the event that it names is too old, or another platform's. */
function mayBeOfCursor({ code }: StreamFailure, { kind, failures }: ClaimedFeed): boolean {
  if (kind !== 'events') return false;
  return code === 'source_not_found' || (code === 'source_invalid' && failures >= refusedCursor);
}

function beginsAnew(feed: ClaimedFeed, message: string): Learned {
  return { ...failing(feed, message, 0), cursor: null, gap: true };
}

async function ask(
  deps: WatchDependencies,
  feed: ClaimedFeed,
  { feeds, platform }: OpenedFeeds,
  signal: AbortSignal,
): Promise<Learned> {
  const { projectId, kind, cursor, since, defaultBranchId } = feed;
  const isOfEvents = kind === 'events';
  const answer: FeedAnswer = await feeds.ask(
    {
      ...{ projectId, kind, cursor, since },
      branchId: isOfEvents ? feed.branchId : defaultBranchId,
      isDefault: isOfEvents && feed.branchId === defaultBranchId,
    },
    { signal },
  );
  const { accepted, invalid } = await acceptEvents(deps, platform, answer.events);
  return {
    outcome: { kind: 'answered', news: accepted > 0, more: answer.more },
    ...{ state: 'works', message: null, failures: 0, answered: true, checked: false },
    cursor: answer.cursor,
    news: accepted > 0,
    gap: answer.gap || invalid > 0,
  };
}

/** Until the feed works again, its mirrors are compared with the platform; also now, if it has just stopped to work. */
function withoutFeed(
  feed: ClaimedFeed,
  state: 'limited' | 'refused' | 'missing',
  message: string,
): Learned {
  return {
    ...{ outcome: { kind: state }, state, message, failures: 0 },
    ...{ cursor: feed.cursor, answered: false, news: false, checked: false },
    gap: feed.state === 'works' || feed.state === 'failing',
  };
}

/** What a failing feed has to tell, it still has when it works again. */
function failing(feed: ClaimedFeed, message: string, wait: number | null): Learned {
  const failures = feed.failures + 1;
  return {
    ...{ outcome: { kind: 'failing', wait }, state: 'failing', message, failures },
    ...{ cursor: feed.cursor, answered: false, news: false, checked: false, gap: false },
  };
}
