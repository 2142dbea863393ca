import type { Client } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import proto from '@temporalio/proto';
import {
  linkBranchesWorkflowId,
  mirrorStream,
  verifyWorkflowId,
  watchWorkflowId,
  type MirrorKey,
} from '../../model/mirror/ids.ts';
import {
  feedsChanged,
  lookAgain,
  taskQueue,
  verifyNow,
  type CatchUpInput,
  type MirrorInput,
  type MirrorTimings,
  type VerifyInput,
  type WatchInput,
} from '../../workflows/messages.ts';
import { searchAttributes } from '../../workflows/streams/search-attributes.ts';
import { callsInTime } from '../in-time.ts';
import { ensureProjectSchedules, removeProjectSchedules } from './project-schedules.ts';
import type { MirrorSignal, MirrorWorkflows } from './mirror-workflows.ts';

/** What {@link createMirrorWorkflows} needs. Times are milliseconds. */
export interface MirrorWorkflowsOptions {
  client: Client;
  /** Passed to workflows that are started. */
  timings: MirrorTimings & { catchUpInterval: number; watchedCatchUpInterval: number };
  /** How long a call may take; defaults to 5 s. */
  deadline?: number;
}

/**
 * How long ago a worker may have last polled and still count as running, in milliseconds; a poll
 * takes a minute at most.
 */
const pollerSilence = 90_000;

/** Creates the access to the mirrors' workflows on this Temporal. */
export function createMirrorWorkflows(options: MirrorWorkflowsOptions): MirrorWorkflows {
  const { client, timings, deadline = 5_000 } = options;
  const inTime = callsInTime(client, deadline);

  return {
    async signal(mirror, signal) {
      await inTime(`take "${signal}" for ${mirrorStream(mirror)}`, () =>
        signalWithStart(client, mirror, signal, timings),
      );
    },
    async verify(mirror) {
      await inTime(`start a verification of ${mirrorStream(mirror)}`, () =>
        startVerification(client, mirror),
      );
    },
    async linkBranches(projectId) {
      await inTime(`look for new branches of project ${projectId}`, () =>
        startLinking(client, projectId),
      );
    },
    async ensureSchedules(projectId, { watched }) {
      const { catchUpInterval, watchedCatchUpInterval } = timings;
      const every = watched ? Math.max(catchUpInterval, watchedCatchUpInterval) : catchUpInterval;
      await inTime(`take the Schedules of project ${projectId}`, () =>
        ensureProjectSchedules(client, projectId, every),
      );
    },
    async watch(stack) {
      await inTime(`watch ${stack}`, () => startWatching(client, stack));
    },
    async removeSchedules(projectId) {
      await inTime(`remove the Schedules of project ${projectId}`, () =>
        removeProjectSchedules(client, projectId),
      );
    },
    async health() {
      try {
        const { pollers } = await client.connection.withDeadline(
          Date.now() + Math.min(deadline, 3_000),
          () =>
            client.workflowService.describeTaskQueue({
              namespace: client.options.namespace,
              taskQueue: { name: taskQueue },
              taskQueueType: proto.temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
            }),
        );
        const now = Date.now();
        const worker = pollers.some(
          ({ lastAccessTime }) =>
            now - Number(lastAccessTime?.seconds ?? 0) * 1_000 < pollerSilence,
        );
        return { temporal: true, worker };
      } catch {
        // No answer is an answer too.
        return { temporal: false, worker: false };
      }
    },
  };
}

async function signalWithStart(
  client: Client,
  { projectId, branchId }: MirrorKey,
  signal: MirrorSignal,
  { window, retryInterval, escalateAfter }: MirrorTimings,
): Promise<void> {
  const input: MirrorInput = {
    projectId,
    branchId,
    timings: { window, retryInterval, escalateAfter },
  };
  await client.workflow.signalWithStart('mirrorWorkflow', {
    workflowId: mirrorStream({ projectId, branchId }),
    taskQueue,
    args: [input],
    signal,
    signalArgs: [],
    staticSummary: `Mirror of project ${projectId}, branch ${branchId}`,
    staticDetails:
      'Collects the changes of one branch of a project and delivers them to its repository as commits. ' +
      'Ask it with the query `status`.',
    typedSearchAttributes: new TypedSearchAttributes([
      { key: searchAttributes.project, value: projectId },
      { key: searchAttributes.branch, value: branchId },
    ]),
  });
}

async function startVerification(client: Client, mirror: MirrorKey): Promise<void> {
  const { projectId, branchId } = mirror;
  const input: VerifyInput = { projectId, branchId };
  // One that is already running has read part of the data: the signal makes it start over
  // afterwards.
  await client.workflow.signalWithStart('verifyWorkflow', {
    workflowId: verifyWorkflowId(projectId, branchId),
    taskQueue,
    args: [input],
    signal: verifyNow,
    signalArgs: [],
    staticSummary: `Verification of project ${projectId}, branch ${branchId}`,
  });
}

async function startWatching(client: Client, stack: string): Promise<void> {
  const input: WatchInput = { stack };
  await client.workflow.signalWithStart('watchWorkflow', {
    workflowId: watchWorkflowId(stack),
    taskQueue,
    args: [input],
    signal: feedsChanged,
    signalArgs: [],
    staticSummary: `Watches the projects of ${stack}`,
    staticDetails:
      'Asks the platform every few seconds what happened in the mirrored projects. Ask it with the query `status`.',
  });
}

async function startLinking(client: Client, projectId: string): Promise<void> {
  const input: CatchUpInput = { projectId, newBranchesOnly: true };
  // One that is already running may have looked before there was anything: the signal makes it look again.
  await client.workflow.signalWithStart('catchUpWorkflow', {
    workflowId: linkBranchesWorkflowId(projectId),
    taskQueue,
    args: [input],
    signal: lookAgain,
    signalArgs: [],
    staticSummary: `New development branches of project ${projectId}`,
  });
}
