import { patched, proxyActivities, setHandler, sleep } from '@temporalio/workflow';
import type { CatchUpActivities } from '../../activities/mirror/contract.ts';
import { onQueueOf } from '../streams/activity-queues.ts';
import { lookAgain, type CatchUpInput } from '../messages.ts';

const { listActiveMirrors, requestCatchUp } = proxyActivities<CatchUpActivities>({
  startToCloseTimeout: '30s',
  // The next catch-up comes soon enough; do not overlap with it.
  scheduleToCloseTimeout: '10m',
});

// These send requests to the source.
const { catchUpProject } = proxyActivities<CatchUpActivities>({
  ...onQueueOf('mirrors'),
  startToCloseTimeout: '30m',
  heartbeatTimeout: '30s',
  scheduleToCloseTimeout: '1h',
});
const { linkBranches } = proxyActivities<CatchUpActivities>({
  ...onQueueOf('mirrors'),
  startToCloseTimeout: '5m',
  heartbeatTimeout: '30s',
  scheduleToCloseTimeout: '10m',
});

/** How many times a platform that does not answer is asked for its branches, a minute apart. */
const attempts = 15;

/**
 * Asks each mirror of a project that may differ from the source to compare itself with it, and links new development branches.
 * Started by the project's Schedule. Branches that no longer exist are noticed by their own mirrors.
 */
export async function catchUpWorkflow(input: CatchUpInput): Promise<void> {
  const { projectId, newBranchesOnly = false } = input;
  if (!newBranchesOnly) await catchUpAll(projectId);
  await linkNewBranches(projectId);
}

async function catchUpAll(projectId: string): Promise<void> {
  if (patched('compare-first')) {
    await catchUpProject.executeWithOptions({ summary: 'Compare all mirrors' }, [{ projectId }]);
    return;
  }
  for (const mirror of await listActiveMirrors({ projectId }))
    await requestCatchUp.executeWithOptions({ summary: `Branch ${mirror.branchId}` }, [mirror]);
}

/**
 * Looks for new branches until nobody has asked for it since, and again if the platform did not answer: where its feeds tell of
 * changes, the next catch-up is hours away.
 */
async function linkNewBranches(projectId: string): Promise<void> {
  let asked = 0;
  setHandler(lookAgain, () => {
    asked += 1;
  });
  let failures = 0;
  for (;;) {
    const before = asked;
    const { failure } = await linkBranches.executeWithOptions(
      { summary: 'Look for new development branches' },
      [{ projectId }],
    );
    if (failure === null) {
      if (asked === before) return;
      continue;
    }
    failures += 1;
    if (failures >= attempts) return;
    await sleep('1m', { summary: 'The platform did not answer: look for new branches again' });
  }
}
