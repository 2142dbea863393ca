import { StreamFailure } from '../../../model/streams/errors.ts';
import type { FollowedReview } from './followed-review.ts';

/** Removes what a review that is over has left at the host. Nothing waits for it: what cannot be removed stays, and is logged. */
export async function tidyUp(
  { deps, row, review }: Pick<FollowedReview, 'deps' | 'row' | 'review'>,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (err) {
    if (!(err instanceof StreamFailure)) throw err;
    deps.logger.warn(
      { err, space: row.id, review: review.number },
      `The branch ${review.branch} of a review that is over could not be removed. Remove it at the host.`,
    );
  }
}
