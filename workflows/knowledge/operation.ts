import {
  ActivityCancellationType,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { OperationActivities, OperationView } from '../../activities/knowledge/contract.ts';
import { stagesOf, type OperationState, type SpaceWish } from '../../model/knowledge/operation.ts';
import { onQueueOf } from '../streams/activity-queues.ts';
import { failureOf } from '../streams/failure.ts';
import { cancelOperation, spaceTurned, type OperationInput } from '../messages.ts';

// Some seconds of chunks; only the first clone of a large branch takes minutes. It goes on where it was: a lost
// worker, or a database that is away, costs no more than time.
const { workOnItems } = proxyActivities<OperationActivities>({
  ...onQueueOf('operations'),
  startToCloseTimeout: '30m',
  heartbeatTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
  // Its last chunk is done before we say that it was cancelled.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});

// Bookkeeping must not be lost: it is retried until the database answers.
const { beginOperation, askSpace, lookAtSpace, finishOperation, endOperation } =
  proxyActivities<OperationActivities>({
    startToCloseTimeout: '30s',
    retry: { initialInterval: '1s', maximumInterval: '1m' },
  });

/** How long a space is waited for, and between two looks at it where nobody tells of it, in milliseconds. */
const patience = 10 * 60_000;
const looks = { first: 2_000, longest: 30_000 };

/** Why the operation does not wait for its space any longer. */
type Late = { code: string; message: string } | null;

/**
 * Runs one bulk operation to its end, which is in the database: an operation that cannot be done ends as
 * `failed`, one that is cancelled (by the signal, or in Temporal) as `cancelled`, and neither is a failure of
 * the workflow's. Answers the state that it ended in. It waits for its space here, so that no activity does: others
 * want the slots, the space first of all.
 */
export async function operationWorkflow(input: OperationInput): Promise<{ state: OperationState }> {
  const { operationId } = input;
  const work = new CancellationScope();
  let stagesDone = input.carried?.stagesDone ?? 0;
  let turned = false;
  setHandler(cancelOperation, () => work.cancel());
  setHandler(spaceTurned, () => void (turned = true));

  let ended: OperationState | null;
  try {
    ended = await work.run(operate);
  } catch (error) {
    return noteEnd(error);
  }
  if (ended !== null) return { state: ended };
  return continueAsNew<typeof operationWorkflow>({ operationId, carried: { stagesDone } });

  /** Answers how it ended; `null`: its history has grown long, and the next run is to go on. */
  async function operate(): Promise<OperationState | null> {
    const operation = await beginOperation.executeWithOptions({ summary: 'Take it into work' }, [
      { operationId },
    ]);
    const late = operation === null ? null : await goThroughStages(operation);
    if (late === 'renew') return null;
    const { state } = await finishOperation.executeWithOptions(
      { summary: 'Note what came of it' },
      [{ operationId, late }],
    );
    return state;
  }

  async function goThroughStages(operation: OperationView): Promise<Late | 'renew'> {
    for (const stage of stagesOf(operation).slice(stagesDone)) {
      const late =
        stage === 'items'
          ? await workThroughItems(operation)
          : await awaitSpace(operation.spaceId, stage);
      if (late !== null) return late;
      stagesDone += 1;
    }
    return null;
  }

  async function workThroughItems({ spaceId }: OperationView): Promise<Late | 'renew'> {
    for (;;) {
      if (workflowInfo().continueAsNewSuggested) return 'renew';
      const summary = 'Work on the next items';
      const result = await workOnItems.executeWithOptions({ summary }, [{ operationId }]);
      if (result === 'later') {
        const late = await awaitSpace(spaceId, 'read');
        if (late !== null) return late;
      } else if (result !== 'more') return null;
    }
  }

  /** Asks the space, and waits until it is as wanted; answers why that takes longer. */
  async function awaitSpace(spaceId: string, wish: SpaceWish): Promise<Late> {
    const input = { operationId, wish };
    const { attempts } = await askSpace.executeWithOptions({ summary: asking[wish] }, [input]);
    const giveUpAt = Date.now() + patience;
    for (let pause = looks.first; ; pause = Math.min(2 * pause, looks.longest)) {
      turned = false;
      const look = await lookAtSpace.executeWithOptions({ summary: 'Look whether it is so' }, [
        { ...input, attempts },
      ]);
      if (look.kind === 'late') return look.failure;
      if (look.kind !== 'waiting') return null;
      if (Date.now() >= giveUpAt) return tooLong(spaceId);
      await condition(() => turned, pause, { summary: 'Wait until the space tells' });
    }
  }

  async function noteEnd(error: unknown): Promise<{ state: OperationState }> {
    const cancelled = work.consideredCancelled || isCancellation(error);
    const state = cancelled ? 'cancelled' : 'failed';
    const failure = cancelled ? null : failureOf(error, 'repository');
    const summary = cancelled ? 'Note that it was cancelled' : `It failed: ${failure?.code}`;
    await CancellationScope.nonCancellable(() =>
      endOperation.executeWithOptions({ summary }, [{ operationId, state, failure }]),
    );
    return { state };
  }
}

/** What the space is asked for. */
const asking: Record<SpaceWish, string> = {
  settled: 'Ask the space to send what waits',
  reread: 'Ask the space to read every file of its branch',
  read: 'Ask the space to read on',
  sent: 'Ask the space to send what was stored',
};

function tooLong(spaceId: string): Late {
  const message = `Space ${spaceId} is still at it after ${patience / 60_000} min. Look at how it stands.`;
  return { code: 'timed_out', message };
}
