import {
  ActivityCancellationType,
  CancellationScope,
  isCancellation,
  proxyActivities,
  setHandler,
} from '@temporalio/workflow';
import type { OperationActivities } from '../../activities/streams/contract.ts';
import type { OperationState } from '../../model/knowledge/operation.ts';
import { failureOf } from '../streams/failure.ts';
import { cancelOperation, type OperationInput } from '../messages.ts';

// It goes on where it was: a lost worker, or a database that is away, costs no more than time.
const { runOperation } = proxyActivities<OperationActivities>({
  startToCloseTimeout: '6h',
  heartbeatTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
  // Its last item is done before we say that it was cancelled.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});

// Bookkeeping must not be lost: it is retried until the database answers.
const { endOperation } = proxyActivities<OperationActivities>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
});

/**
 * Runs one bulk operation to its end, which is in the database: an operation that cannot be done ends as
 * `failed`, one that is cancelled (by the signal, or in Temporal) as `cancelled`, and neither is a failure of
 * the workflow's. Answers the state that it ended in.
 */
export async function operationWorkflow({
  operationId,
}: OperationInput): Promise<{ state: OperationState }> {
  const work = new CancellationScope();
  setHandler(cancelOperation, () => work.cancel());
  try {
    return await work.run(() => runOperation({ operationId }));
  } catch (error) {
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
