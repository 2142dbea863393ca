import { proxyActivities } from '@temporalio/workflow';
import type { CatchUpActivities } from '../activities/contract.ts';
import type { CatchUpInput } from './messages.ts';

const { listActiveMirrors, requestCatchUp } = proxyActivities<CatchUpActivities>({
  startToCloseTimeout: '30s',
  // The next catch-up comes soon enough: do not overlap with it.
  scheduleToCloseTimeout: '10m',
});

/** Asks each mirror of a project to compare itself with the source; started by the project's Schedule. */
export async function catchUpWorkflow({ projectId }: CatchUpInput): Promise<void> {
  for (const mirror of await listActiveMirrors({ projectId })) {
    await requestCatchUp.executeWithOptions({ summary: `Branch ${mirror.branchId}` }, [mirror]);
  }
}
