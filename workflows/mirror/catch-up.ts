import { proxyActivities } from '@temporalio/workflow';
import type { CatchUpActivities } from '../../activities/mirror/contract.ts';
import { onQueueOf } from '../streams/activity-queues.ts';
import type { CatchUpInput } from '../messages.ts';

const { listActiveMirrors, requestCatchUp } = proxyActivities<CatchUpActivities>({
  startToCloseTimeout: '30s',
  // The next catch-up comes soon enough; do not overlap with it.
  scheduleToCloseTimeout: '10m',
});

// This one sends requests to the source.
const { linkBranches } = proxyActivities<CatchUpActivities>({
  ...onQueueOf('mirrors'),
  startToCloseTimeout: '5m',
  heartbeatTimeout: '30s',
  scheduleToCloseTimeout: '10m',
});

/**
 * Asks each mirror of a project to compare itself with the source, and links new development branches.
 * Started by the project's Schedule. Branches that no longer exist are noticed by their own mirrors.
 */
export async function catchUpWorkflow(input: CatchUpInput): Promise<void> {
  const { projectId, newBranchesOnly = false } = input;
  if (!newBranchesOnly)
    for (const mirror of await listActiveMirrors({ projectId }))
      await requestCatchUp.executeWithOptions({ summary: `Branch ${mirror.branchId}` }, [mirror]);
  await linkBranches.executeWithOptions({ summary: 'Look for new development branches' }, [
    { projectId },
  ]);
}
