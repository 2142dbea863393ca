import {
  condition,
  continueAsNew,
  isCancellation,
  log,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { AskFeedsResult, WatchActivities } from '../../activities/mirror/contract.ts';
import { feedsChanged, watchStatusQuery, type WatchInput, type WatchStatus } from '../messages.ts';
import { onQueueOf } from '../streams/activity-queues.ts';

const { askFeeds } = proxyActivities<WatchActivities>({
  ...onQueueOf('feeds'),
  startToCloseTimeout: '2m',
  heartbeatTimeout: '15s',
  // The next round comes soon enough, and asks what this one did not.
  retry: { maximumAttempts: 1 },
});

/** Between two rounds, in milliseconds: the least, and the most, after which new mirrors are found at the latest. */
const shortest = 1_000;
const longest = 15_000;
/** A round that failed is followed by another after this time, in milliseconds. */
const afterFailure = 15_000;
/** As of a mirror's workflow: a worker that starts replays all of it within a task. */
const longestHistory = 1_000;

/**
 * Has the feeds of a stack asked for as long as it has any. What is asked when, and where it goes on, is in the database; this
 * workflow only keeps the time.
 */
export async function watchWorkflow(input: WatchInput): Promise<void> {
  const { stack } = input;
  const status: WatchStatus = {
    ...{ feeds: 0, askedAt: null, asked: 0, news: 0, nextAt: null, failure: null },
  };
  let calls = 0;
  setHandler(feedsChanged, () => {
    calls += 1;
  });
  setHandler(watchStatusQuery, () => status);

  while (workflowInfo().historyLength < longestHistory) {
    const before = calls;
    const result = await round();
    if (result?.feeds === 0 && calls === before) return;
    const next = result === null ? afterFailure : (result.nextIn ?? longest);
    const wait = Math.max(shortest, Math.min(next, longest));
    status.nextAt = new Date(Date.now() + wait).toISOString();
    await condition(() => calls !== before, wait);
  }
  await continueAsNew<typeof watchWorkflow>(input);

  async function round(): Promise<AskFeedsResult | null> {
    try {
      const summary = 'Ask for news';
      const result = await askFeeds.executeWithOptions({ summary }, [{ stack }]);
      const { feeds, asked, news } = result;
      Object.assign(status, { feeds, asked, news, failure: null });
      status.askedAt = new Date().toISOString();
      return result;
    } catch (error) {
      if (isCancellation(error)) throw error;
      const failure = error instanceof Error ? (error.cause ?? error) : error;
      status.failure = failure instanceof Error ? failure.message : String(failure);
      log.warn('A round of asking feeds failed', { stack, error: status.failure });
      return null;
    }
  }
}
