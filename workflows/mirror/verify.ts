import { isCancellation, proxyActivities, setHandler, sleep } from '@temporalio/workflow';
import { ActivityFailure } from '@temporalio/common';
import type { CatchUpActivities, VerifyActivities } from '../../activities/mirror/contract.ts';
import type { MirrorKey } from '../../model/mirror/ids.ts';
import { onQueueOf } from '../streams/activity-queues.ts';
import { verifyNow, type VerifyInput } from '../messages.ts';

const { verifyMirror } = proxyActivities<VerifyActivities>({
  ...onQueueOf('mirrors'),
  startToCloseTimeout: '30m',
  heartbeatTimeout: '15s',
  retry: { initialInterval: '5s', maximumAttempts: 3 },
});

const { listActiveMirrors } = proxyActivities<CatchUpActivities>({
  startToCloseTimeout: '30s',
  scheduleToCloseTimeout: '10m',
});

/** Times that a mirror in motion is looked at again, a minute apart. */
const ATTEMPTS = 10;

/**
 * Verifies one mirror (asked for by somebody), or all of a project (asked for by its Schedule, daily).
 * One that cannot be verified keeps no other from it; the first such failure is the workflow's. Who asks
 * (`verifyNow`) while a mirror is looked at gets another look, which begins after that.
 */
export async function verifyWorkflow({ projectId, branchId }: VerifyInput): Promise<void> {
  const request: VerdictRequest = { open: false };
  setHandler(verifyNow, () => {
    request.open = true;
  });
  const mirrors =
    branchId === undefined ? await listActiveMirrors({ projectId }) : [{ projectId, branchId }];
  let failure: ActivityFailure | null = null;
  for (const mirror of mirrors) {
    let failed: ActivityFailure | null;
    do failed = await failureOf(verifyWhenQuiet(mirror, request));
    while (request.open);
    failure ??= failed;
  }
  if (failure !== null) throw failure;
}

/** A request for a verdict; `open` while no look has begun after it. */
interface VerdictRequest {
  open: boolean;
}

/** Why the mirror could not be verified; `null` where it was. */
async function failureOf(verification: Promise<void>): Promise<ActivityFailure | null> {
  try {
    await verification;
    return null;
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    return error;
  }
}

async function verifyWhenQuiet(mirror: MirrorKey, request: VerdictRequest): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    if (attempt > 1)
      await sleep('1m', { summary: 'Changes are on their way: look again in a minute' });
    request.open = false;
    const { outcome } = await verifyMirror.executeWithOptions(
      { summary: `Branch ${mirror.branchId}` },
      [mirror],
    );
    if (outcome !== 'unsettled') return;
  }
}
