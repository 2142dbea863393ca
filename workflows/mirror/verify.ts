import { isCancellation, log, proxyActivities, setHandler, sleep } from '@temporalio/workflow';
import { ActivityFailure } from '@temporalio/common';
import type { CatchUpActivities, VerifyActivities } from '../../activities/mirror/contract.ts';
import type { StreamActivities } from '../../activities/streams/contract.ts';
import type { MirrorKey } from '../../model/mirror/ids.ts';
import { onQueueOf } from '../streams/activity-queues.ts';
import { verifyNow, type VerifyInput } from '../messages.ts';
import { noticeSummaries } from '../streams/story.ts';

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

// If the mail server is down for longer, the mirror's workflow sends the notice when it starts again.
const { notifyAdmins } = proxyActivities<StreamActivities>({
  ...onQueueOf('notices'),
  startToCloseTimeout: '2m',
  scheduleToCloseTimeout: '15m',
  retry: { initialInterval: '30s' },
});

/** How many times a mirror that keeps changing is verified, a minute apart. */
const ATTEMPTS = 10;

/**
 * Verifies one mirror (when somebody asks), or all of a project's mirrors (daily, by its Schedule). If one
 * cannot be verified, the others still are, and the workflow fails with the first such failure. A request
 * (`verifyNow`) that arrives while a mirror is being verified causes another verification after it.
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

/** A request for a verdict; `open` until a verification begins after it. */
interface VerdictRequest {
  open: boolean;
}

/** Why the mirror could not be verified; `null` if it was. */
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
      await sleep('1m', { summary: 'Changes are on their way: verify again in a minute' });
    request.open = false;
    const { outcome, drift } = await verifyMirror.executeWithOptions(
      { summary: `Branch ${mirror.branchId}` },
      [mirror],
    );
    if (drift !== undefined) await tellOf(drift);
    if (outcome !== 'unsettled') return;
  }
}

/** Tells the admins what was found; a verification is good even if that fails. */
async function tellOf(outageId: string): Promise<void> {
  try {
    await notifyAdmins.executeWithOptions({ summary: noticeSummaries.found }, [
      { outageId, kind: 'found' },
    ]);
  } catch (error) {
    if (isCancellation(error)) throw error;
    log.error('The admins could not be notified', { outage_id: outageId, error: String(error) });
  }
}
