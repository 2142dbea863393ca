import { continueAsNew, proxyActivities, setHandler, uuid4 } from '@temporalio/workflow';
import type { MirrorActivities } from '../../activities/mirror/contract.ts';
import { mirrorStream } from '../../model/mirror/ids.ts';
import { onQueueOf } from '../streams/activity-queues.ts';
import type { LaneControl } from '../streams/lane-state.ts';
import { deliverInTurn } from './deliver-in-turn.ts';
import {
  catchUp,
  doorbell,
  mirrorChanged,
  retryNow,
  statusQuery,
  syncNow,
  type MirrorInput,
} from '../messages.ts';
import { runStream } from '../streams/run-stream.ts';
import { MirrorRules } from './mirror-rules.ts';

const { readMirror } = proxyActivities<MirrorActivities>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
});

// Classified failures are not retryable, so Temporal retries only lost workers, timeouts, and a database
// that is unavailable for minutes; whatever lasts longer is an outage like any other.
const { openBatch, deliver } = proxyActivities<MirrorActivities>({
  ...onQueueOf('mirrors'),
  startToCloseTimeout: '30m',
  heartbeatTimeout: '15s',
  retry: { initialInterval: '1s', maximumInterval: '30s', maximumAttempts: 10 },
});

/**
 * Mirrors one branch of a project for as long as its mirror exists. Accepted changes are in the
 * database; this workflow decides (see `MirrorRules`) when they are collected and sent. It ends when the
 * mirror is ended; if a doorbell starts it for an ended mirror, it ends at once.
 */
export async function mirrorWorkflow(input: MirrorInput): Promise<void> {
  const { projectId, branchId, timings } = input;
  const mirror = { projectId, branchId };
  const rules = new MirrorRules(input, uuid4);

  setHandler(doorbell, () => rules.doorbell(Date.now()));
  setHandler(syncNow, () => rules.sync(Date.now()));
  setHandler(catchUp, () => rules.catchUp(Date.now()));
  setHandler(retryNow, () => rules.retry());
  setHandler(mirrorChanged, () => rules.changed());
  setHandler(statusQuery, () => rules.status());

  await runStream({
    stream: mirrorStream(mirror),
    timings,
    rules,
    read: (summary) => readMirror.executeWithOptions({ summary }, [mirror]),
    lanes: {
      source: { wanted: () => rules.batchToMake !== null, attempt: makeBatch },
      repository: { wanted: () => rules.deliveryWanted, attempt: deliverWhatWaits },
    },
    passing: ['syncing'],
  });
  if (!rules.ended)
    await continueAsNew<typeof mirrorWorkflow>({ ...input, carried: rules.carried });

  async function makeBatch(): Promise<boolean> {
    const batch = rules.batchToMake;
    if (batch === null) return false;
    const { summary } = batch;
    const result = await openBatch.executeWithOptions({ summary }, [batch.input]);
    return rules.batchMade(result, Date.now());
  }

  async function deliverWhatWaits(control: LaneControl): Promise<boolean> {
    try {
      const result = await deliverInTurn(
        (mayWait) => {
          const summary = rules.deliveryBegins();
          return deliver.executeWithOptions({ summary }, [{ ...mirror, mayWait }]);
        },
        () => rules.deliveryWanted,
        () => control.stopping || control.paused,
      );
      if (result.refusals !== undefined)
        control.notices.send({ outageId: result.refusals, kind: 'found' });
      return rules.delivered(result, Date.now());
    } catch (error) {
      rules.deliveryFailed();
      throw error;
    }
  }
}
