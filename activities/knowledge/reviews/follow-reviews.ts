import { listReviewsUnderWay, type Review } from '../../../db/knowledge/reviews/reviews.ts';
import { noteReview } from '../../../db/knowledge/reviews/review-marks.ts';
import { findSpace, type Space } from '../../../db/knowledge/spaces.ts';
import { openRemote } from '../../../db/streams/open-remote.ts';
import { styleOf } from '../../../model/streams/commit-style.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import { withHeartbeat, type Execution } from '../../streams/execution.ts';
import type { ReviewsResult, SpaceKey } from '../contract.ts';
import { countSpace, isSpaceActive } from '../sync/read-space.ts';
import { finishReview } from './finish-review.ts';
import {
  isOfReview,
  lookIn,
  standstill,
  type FollowedReview,
  type LookResult,
} from './followed-review.ts';
import { lookAtReview } from './look-at-review.ts';
import { openReview } from './open-review.ts';

/**
 * See `SpaceActivities.followReviews`. What was done last stands in each review's row, and each step finds what an earlier
 * attempt did that was lost: a pushed branch by the commit's recorded id, a pull request by its branch, a merge by what the
 * host says.
 */
export async function followReviews(
  deps: ActivityDependencies,
  { spaceId }: SpaceKey,
): Promise<ReviewsResult> {
  return withHeartbeat(async (execution) => {
    const row = await findSpace(deps.db, spaceId);
    // Not in turn with the streams of the host: what limits its API does not limit pushes.
    const syncWanted = isSpaceActive(row) && (await followAll(deps, row, execution));
    return { ...(await countSpace(deps, spaceId, await findSpace(deps.db, spaceId))), syncWanted };
  });
}

async function followAll(
  deps: ActivityDependencies,
  row: Space,
  execution: Execution,
): Promise<boolean> {
  const due = (await listReviewsUnderWay(deps.db, row.id)).filter(({ isDue }) => isDue);
  if (due.length === 0) return false;
  const remote = { ...(await openRemote(deps, row)), style: styleOf(row.rules.commits) };
  execution.step("asking for the host's pull requests");
  const host = await deps.reviewHosts.open(remote, { signal: execution.signal });
  const results: LookResult[] = [];
  for (const review of due) {
    execution.signal.throwIfAborted();
    execution.step(`looking at review ${review.number}`);
    results.push(await follow({ deps, row, remote, host, review, execution }));
  }
  return results.includes('sync');
}

/** Does what is next for a review. What is wrong with it alone stays with it, and the others go on. */
async function follow(followed: FollowedReview): Promise<LookResult> {
  const { deps, review } = followed;
  try {
    return await steps[review.state](followed);
  } catch (error) {
    if (!isOfReview(error)) throw error;
    await noteReview(deps.db, review, standstill(review, error, lookIn.usually));
    return 'nothing';
  }
}

const steps: Record<Review['state'], (followed: FollowedReview) => Promise<LookResult>> = {
  opening: openReview,
  open: lookAtReview,
  merging: finishReview,
  merged: () => Promise.resolve('nothing'),
  closed: () => Promise.resolve('nothing'),
};
