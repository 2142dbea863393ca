import { StreamFailure } from '../../../model/streams/errors.ts';
import type { AskedFeed, FeedAnswer, SourceFeeds } from '../../feeds/source-feeds.ts';
import { TooBusy } from '../../traffic/source-traffic.ts';
import { askedWait } from '../source/classify-failure.ts';
import type { StorageApiClient } from '../source/storage-api-client.ts';
import { askForEvents } from './event-feed.ts';
import { askForJobs } from './job-feed.ts';
import { decodeEventLimits } from './token-limits.ts';

/** What Keboola's feeds are asked through; neither client tries again. */
export interface KeboolaFeedsOptions {
  storage: StorageApiClient;
  /** Opens the Queue API. Throws `StreamFailure` if there is none. */
  openQueue: (signal: AbortSignal) => Promise<StorageApiClient>;
}

/** The events of Storage, and the jobs of the Queue API that ended. */
export function createKeboolaFeeds({ storage, openQueue }: KeboolaFeedsOptions): SourceFeeds {
  return {
    limits: ({ signal }) => saidToWait(storage.get('/tokens/verify', decodeEventLimits, signal)),
    ask: (feed, { signal }) => saidToWait(ask(feed, signal)),
  };

  async function ask(feed: AskedFeed, signal: AbortSignal): Promise<FeedAnswer> {
    return feed.kind === 'events'
      ? askForEvents(storage, feed, signal)
      : askForJobs(await openQueue(signal), feed, signal);
  }
}

/** Fails with {@link TooBusy} if the platform, or what else is asked of it, says when to come back. */
async function saidToWait<T>(asking: Promise<T>): Promise<T> {
  try {
    return await asking;
  } catch (error) {
    const wait = error instanceof StreamFailure ? askedWait(error, Date.now()) : null;
    if (wait === null) throw error;
    throw new TooBusy((error as StreamFailure).message, wait);
  }
}
