import { workflowInfo } from '@temporalio/workflow';
import { activityQueues, taskQueue, type ActivityKind } from '../messages.ts';

/**
 * Where activities of this kind are run, as an option of `proxyActivities`. On Gitward's own queue each kind of long
 * work has a queue, and slots, of its own; a workflow that somebody runs on another queue (a test, a recording of
 * histories) has all of its activities there.
 */
export function onQueueOf(kind: ActivityKind): { taskQueue: string } {
  const own = workflowInfo().taskQueue;
  return { taskQueue: own === taskQueue ? activityQueues[kind] : own };
}
