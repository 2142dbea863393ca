import { StreamFailure } from '../../../model/streams/errors.ts';
import type { FollowedReview } from './followed-review.ts';

/**
 * Removes the branch that a review which is over has left: at the host, or by a push where there is no host that we know, and
 * then only as it was last seen. Nothing waits for it: what cannot be removed stays, and is logged.
 */
export async function tidyUp(followed: FollowedReview): Promise<void> {
  const { deps, row, remote, review, host, execution } = followed;
  const { signal, step } = execution;
  const seen = review.headSha ?? review.pushedSha;
  try {
    if (host !== null) await host.deleteBranch(review.branch);
    else if (seen !== null)
      await deps.git.removeBranch({ ...remote, branch: review.branch }, seen, {
        ...{ signal, onProgress: step },
      });
  } catch (err) {
    if (!(err instanceof StreamFailure)) throw err;
    deps.logger.warn(
      { err, space_id: row.id, review: review.number },
      `The branch ${review.branch} of a review that is over could not be removed. Remove it at the host.`,
    );
  }
}
