import {
  ActivityCancellationType,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  proxyActivities,
  setHandler,
} from '@temporalio/workflow';
import type { OperationActivities, OperationView } from '../../activities/knowledge/contract.ts';
import { stagesOf, type OperationState, type SpaceWish } from '../../model/knowledge/operation.ts';
import { onQueueOf } from '../streams/activity-queues.ts';
import { failureOf } from '../streams/failure.ts';
import { isHistoryLong } from '../streams/renewal.ts';
import { cancelOperation, spaceTurned, type OperationInput } from '../messages.ts';

// Works on chunks for some seconds; only the first clone of a large branch takes minutes. A retry continues where the
// last attempt stopped, so a lost worker or an unavailable database costs nothing but time.
const inChunks = {
  startToCloseTimeout: '30m',
  heartbeatTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
  // The current chunk is finished before we record the cancellation.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
} as const;
const onOperations = proxyActivities<OperationActivities>({ ...onQueueOf('operations'), ...inChunks }); // prettier-ignore
// Each of these waits for a model, which must not keep others from their imports.
const onChecks = proxyActivities<OperationActivities>({ ...onQueueOf('checks'), ...inChunks });

// Bookkeeping must not be lost: it is retried until the database responds.
const { beginOperation, askSpace, lookAtSpace, finishOperation, endOperation } =
  proxyActivities<OperationActivities>({
    startToCloseTimeout: '30s',
    retry: { initialInterval: '1s', maximumInterval: '1m' },
  });

/** How long we wait for a space, and the time between two looks at it if it sends no signal, in milliseconds. */
const patience = 10 * 60_000;
const looks = { first: 2_000, longest: 30_000 };

/** Why the operation no longer waits for its space. */
type Late = { code: string; message: string } | null;

/**
 * Runs one bulk operation until it ends, and records the end in the database: an operation that cannot be done ends
 * as `failed`, one that is cancelled (by the signal, or in Temporal) as `cancelled`, and neither makes the workflow
 * fail. Returns the final state. Waiting for the space is done here and not in an activity, because an activity would
 * occupy a slot that others need, the space first of all.
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

  /** Returns how it ended; `null` if the history has grown long and the next run should continue. */
  async function operate(): Promise<OperationState | null> {
    const operation = await beginOperation.executeWithOptions({ summary: 'Begin the operation' }, [
      { operationId },
    ]);
    const late = operation === null ? null : await goThroughStages(operation);
    if (late === 'renew') return null;
    const { state } = await finishOperation.executeWithOptions({ summary: 'Record the result' }, [
      { operationId, late },
    ]);
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

  async function workThroughItems({ spaceId, type }: OperationView): Promise<Late | 'renew'> {
    const { workOnItems } = type === 'check' ? onChecks : onOperations;
    for (;;) {
      if (isHistoryLong()) return 'renew';
      const summary = 'Work on the next items';
      const result = await workOnItems.executeWithOptions({ summary }, [{ operationId }]);
      if (result === 'later') {
        const late = await awaitSpace(spaceId, 'read');
        if (late !== null) return late;
      } else if (result !== 'more') return null;
    }
  }

  /** Asks the space, and waits until the wish is fulfilled; returns why that takes too long, or `null`. */
  async function awaitSpace(spaceId: string, wish: SpaceWish): Promise<Late> {
    const input = { operationId, wish };
    const { attempts } = await askSpace.executeWithOptions({ summary: asking[wish] }, [input]);
    const giveUpAt = Date.now() + patience;
    for (let pause = looks.first; ; pause = Math.min(2 * pause, looks.longest)) {
      turned = false;
      const look = await lookAtSpace.executeWithOptions({ summary: 'Check the space' }, [
        { ...input, attempts },
      ]);
      if (look.kind === 'late') return look.failure;
      if (look.kind !== 'waiting') return null;
      if (Date.now() >= giveUpAt) return tooLong(spaceId);
      await condition(() => turned, pause, { summary: 'Wait for a signal from the space' });
    }
  }

  async function noteEnd(error: unknown): Promise<{ state: OperationState }> {
    const cancelled = work.consideredCancelled || isCancellation(error);
    const state = cancelled ? 'cancelled' : 'failed';
    const failure = cancelled ? null : failureOf(error, 'repository');
    const summary = cancelled ? 'Record that it was cancelled' : `It failed: ${failure?.code}`;
    await CancellationScope.nonCancellable(() =>
      endOperation.executeWithOptions({ summary }, [{ operationId, state, failure }]),
    );
    return { state };
  }
}

/** What we ask the space to do. */
const asking: Record<SpaceWish, string> = {
  settled: 'Ask the space to send what is waiting',
  reread: 'Ask the space to read every file of its branch',
  read: 'Ask the space to continue reading',
  sent: 'Ask the space to send what was stored',
};

function tooLong(spaceId: string): Late {
  const message = `Space ${spaceId} is still not ready after ${patience / 60_000} min. Check its status.`;
  return { code: 'timed_out', message };
}
