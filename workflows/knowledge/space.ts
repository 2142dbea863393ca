import { continueAsNew, proxyActivities, setHandler } from '@temporalio/workflow';
import type { SpaceActivities } from '../../activities/knowledge/contract.ts';
import { spaceStream } from '../../model/knowledge/ids.ts';
import { onQueueOf } from '../streams/activity-queues.ts';
import {
  doorbell,
  retryNow,
  spaceChanged,
  spaceStatusQuery,
  syncNow,
  type SpaceInput,
} from '../messages.ts';
import { runStream } from '../streams/run-stream.ts';
import { SpaceRules } from './space-rules.ts';

const { readSpace } = proxyActivities<SpaceActivities>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
});

// As a mirror's `deliver`: what Temporal retries here are lost workers, timeouts and a database that
// is away for minutes.
const { syncSpace } = proxyActivities<SpaceActivities>({
  ...onQueueOf('spaces'),
  startToCloseTimeout: '30m',
  heartbeatTimeout: '15s',
  retry: { initialInterval: '1s', maximumInterval: '30s', maximumAttempts: 10 },
});

/**
 * Keeps a knowledge space and its branch together for as long as the space exists. What was saved is in
 * the database; this workflow decides (see `SpaceRules`) when it is sent, and when the branch is asked
 * for what others pushed. It ends when the space is ended, and a doorbell for an ended space ends at once.
 */
export async function spaceWorkflow(input: SpaceInput): Promise<void> {
  const { spaceId, timings } = input;
  const rules = new SpaceRules(input);

  setHandler(doorbell, () => rules.doorbell(Date.now()));
  setHandler(syncNow, () => rules.sync());
  setHandler(retryNow, () => rules.retry());
  setHandler(spaceChanged, () => rules.changed());
  setHandler(spaceStatusQuery, () => rules.status());

  await runStream({
    stream: spaceStream(spaceId),
    timings,
    rules,
    read: (summary) => readSpace.executeWithOptions({ summary }, [{ spaceId }]),
    lanes: { repository: { wanted: () => rules.syncWanted, attempt: sync } },
    passing: ['syncing', 'pending'],
  });
  if (!rules.ended) await continueAsNew<typeof spaceWorkflow>({ ...input, carried: rules.carried });

  async function sync(): Promise<boolean> {
    const summary = rules.syncBegins();
    try {
      const result = await syncSpace.executeWithOptions({ summary }, [{ spaceId }]);
      return rules.synced(result, Date.now());
    } catch (error) {
      rules.syncFailed();
      throw error;
    }
  }
}
