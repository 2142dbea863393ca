import { workflowInfo } from '@temporalio/workflow';
import type { QueueName } from '../../model/telemetry/queues.ts';
import { activityQueues, taskQueue } from '../messages.ts';

/**
 * Where activities of this kind run, as an option of `proxyActivities`. For a workflow on Gitward's own queue, each
 * kind of long work has its own queue and slots. A workflow that runs on another queue (in a test, or to record
 * histories) has all of its activities there.
 */
export function onQueueOf(kind: QueueName): { taskQueue: string } {
  const own = workflowInfo().taskQueue;
  return { taskQueue: own === taskQueue ? activityQueues[kind] : own };
}
