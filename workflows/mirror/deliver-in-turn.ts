import { condition } from '@temporalio/workflow';
import type { DeliverResult } from '../../activities/mirror/contract.ts';

/** How long a branch's first commit waits for the default branch's, and between two questions, in milliseconds. */
const patience = 60_000;
const pause = 5_000;

/**
 * One delivery. Where the branch's first commit waits for the default branch's one it is asked for again, after a pause
 * or when `isTold`; nothing is held meanwhile. Past a minute it begins without, and `isHalted` ends the wait.
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
