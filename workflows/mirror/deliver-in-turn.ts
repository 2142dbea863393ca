import { condition } from '@temporalio/workflow';
import type { DeliverResult } from '../../activities/mirror/contract.ts';

/** How long a branch's first commit waits for the default branch's, and the time between two tries, in milliseconds. */
const patience = 60_000;
const pause = 5_000;

/**
 * One delivery. If the branch's first commit has to wait for the default branch's, the delivery is tried again after a
 * pause or when `isTold`; nothing is locked in between. After a minute it no longer waits, and `isHalted` ends the wait
 * without delivering.
 */
export async function deliverInTurn(
  deliver: (mayWait: boolean) => Promise<DeliverResult>,
  isTold: () => boolean,
  isHalted: () => boolean,
): Promise<DeliverResult> {
  const until = Date.now() + patience;
  for (;;) {
    const result = await deliver(Date.now() < until);
    if (result.waitsFor === undefined || isHalted()) return result;
    await condition(() => isHalted() || isTold(), pause, {
      summary: "Wait for the default branch's first commit",
    });
    if (isHalted()) return result;
  }
}
