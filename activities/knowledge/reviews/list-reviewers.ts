import type { Db } from '../../../db/connect.ts';
import { listApprovals } from '../../../db/knowledge/reviews/review-approvals.ts';
import { findReviewById } from '../../../db/knowledge/reviews/reviews.ts';
import { judgeReview } from '../../../knowledge/review/judge-review.ts';
import type { Person } from '../../../model/streams/author.ts';

/** Whose approvals counted for the reviews that these saves come from, by the review's id. */
export async function listReviewers(
  db: Db,
  saves: readonly { reviewId: string | null }[],
): Promise<Map<string, Person[]>> {
  const reviewers = new Map<string, Person[]>();
  for (const id of new Set(saves.flatMap(({ reviewId }) => reviewId ?? []))) {
    const review = await findReviewById(db, id);
    if (review === null) continue;
    const { counting } = judgeReview(review, await listApprovals(db, id));
    reviewers.set(
      id,
      counting.map(({ person }) => person),
    );
  }
  return reviewers;
}
