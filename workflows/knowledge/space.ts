import { continueAsNew, proxyActivities, setHandler } from '@temporalio/workflow';
import type { SpaceActivities } from '../../activities/knowledge/contract.ts';
import { spaceStream } from '../../model/knowledge/ids.ts';
import { onQueueOf } from '../streams/activity-queues.ts';
import {
  doorbell,
  retryNow,
  reviewsChanged,
  spaceChanged,
  spaceStatusQuery,
  syncNow,
  type SpaceInput,
} from '../messages.ts';
import type { LaneControl } from '../streams/lane-state.ts';
import { runStream } from '../streams/run-stream.ts';
import { SpaceRules } from './space-rules.ts';

const { readSpace } = proxyActivities<SpaceActivities>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
});

// As for a mirror's `deliver`: Temporal retries lost workers, timeouts, and a database that is unavailable
// for minutes.
const { syncSpace, followReviews } = proxyActivities<SpaceActivities>({
  ...onQueueOf('spaces'),
  startToCloseTimeout: '30m',
  heartbeatTimeout: '15s',
  retry: { initialInterval: '1s', maximumInterval: '30s', maximumAttempts: 10 },
});

/**
 * Keeps a knowledge space in sync with its branch for as long as the space exists. Saves are in the
 * database; this workflow decides (see `SpaceRules`) when they are sent, when the branch is checked
 * for pushes by others, and when reviews are followed at the host. It ends when the space is ended; if a doorbell starts it for an ended space, it ends at once.
 */
export async function spaceWorkflow(input: SpaceInput): Promise<void> {
  const { spaceId, timings } = input;
  const rules = new SpaceRules(input);

  setHandler(doorbell, () => rules.doorbell(Date.now()));
  setHandler(syncNow, () => rules.sync());
  setHandler(reviewsChanged, () => rules.reviewsChanged());
  setHandler(retryNow, () => rules.retry());
  setHandler(spaceChanged, () => rules.changed());
  setHandler(spaceStatusQuery, () => rules.status());

  await runStream({
    stream: spaceStream(spaceId),
    timings,
    rules,
    read: (summary) => readSpace.executeWithOptions({ summary }, [{ spaceId }]),
    lanes: {
      repository: { wanted: () => rules.syncWanted, attempt: sync },
      review: { wanted: () => rules.reviewsWanted, attempt: follow },
    },
    passing: ['syncing', 'pending'],
  });
  if (!rules.ended) await continueAsNew<typeof spaceWorkflow>({ ...input, carried: rules.carried });

  async function sync({ notices }: LaneControl): Promise<boolean> {
    const summary = rules.syncBegins();
    try {
      const result = await syncSpace.executeWithOptions({ summary }, [{ spaceId }]);
      if (result.refusals !== undefined) notices.send({ outageId: result.refusals, kind: 'found' });
      return rules.synced(result, Date.now());
    } catch (error) {
      rules.syncFailed();
      throw error;
    }
  }

  async function follow(): Promise<boolean> {
    const summary = rules.followingBegins();
    try {
      const result = await followReviews.executeWithOptions({ summary }, [{ spaceId }]);
      return rules.followed(result, Date.now());
    } catch (error) {
      rules.followingFailed();
      throw error;
    }
  }
}
