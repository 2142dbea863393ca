import { randomBytes } from 'node:crypto';
import { endReview, noteReview } from '../../../db/knowledge/reviews/review-marks.ts';
import { listReviewItems, type ReviewItem } from '../../../db/knowledge/reviews/reviews.ts';
import { reviewBranch } from '../../../model/knowledge/review.ts';
import { StreamFailure } from '../../../model/streams/errors.ts';
import { whyConfidential } from '../sync/require-privacy.ts';
import { describeReview } from './describe-review.ts';
import { lookIn, standstill, type FollowedReview, type LookResult } from './followed-review.ts';
import { pushReview } from './push-review.ts';
import { tidyUp } from './tidy-up.ts';

/** Pushes a review's branch and opens its pull request; each is found if an earlier attempt made it. */
export async function openReview(followed: FollowedReview): Promise<LookResult> {
  const { deps, row, review, host } = followed;
  const items = await listReviewItems(deps.db, review.id);
  if (review.closeWantedBy !== null) {
    // An attempt whose answer was lost may have made both.
    const made =
      review.pushedSha === null ? null : await host?.find(review.branch, row.repositoryBranch);
    if (made != null) await host?.close(made.number);
    const result = await ended(followed, `Closed by ${review.closeWantedBy} before it was opened.`);
    if (review.pushedSha !== null) await tidyUp(followed);
    return result;
  }
  await requirePrivacy(followed, items);
  const pushed = await pushReview(followed, items);
  switch (pushed.kind) {
    case 'behind':
      await noteReview(deps.db, review, { lookIn: lookIn.soon });
      return 'sync';
    case 'taken': {
      // Whoever made that branch made it for something else: a name that nobody can know beforehand.
      const branch = reviewBranch(row.id, review.number, randomBytes(8).toString('hex'));
      await noteReview(deps.db, review, { branch, lookIn: 0 });
      return 'nothing';
    }
    case 'clash': {
      const message = `Somebody changed the same in ${pushed.path} since. Close this review, and save the change again.`;
      const conflict = { code: 'review_conflict', message };
      await noteReview(deps.db, review, standstill(review, conflict, lookIn.usually));
      return 'nothing';
    }
    case 'nothing':
      return ended(followed, 'The branch has all of it already.', 'merged');
    case 'pushed':
  }
  const { head, base } = pushed;
  await noteReview(deps.db, review, {
    headSha: head,
    readSha: head,
    ...(base === null ? {} : { baseSha: base }),
  });
  if (host !== null) {
    const { title } = review;
    const proposal = { source: review.branch, target: row.repositoryBranch, title };
    const description = describeReview(row, review, items);
    const { number, url } = await host.create({ ...proposal, description });
    await noteReview(deps.db, review, { pullRequest: { number, url, host: host.name } });
  }
  await noteReview(deps.db, review, { state: 'open', failure: null, lookIn: 0 });
  return 'nothing';
}

async function ended(
  { deps, review }: FollowedReview,
  outcome: string,
  state: 'merged' | 'closed' = 'closed',
): Promise<LookResult> {
  await deps.db.transaction().execute((trx) => endReview(trx, review, { state, outcome }));
  return 'nothing';
}

/** A review's branch is as public as its repository. */
async function requirePrivacy(
  { deps, row, execution }: FollowedReview,
  items: readonly ReviewItem[],
): Promise<void> {
  const kinds = items.flatMap(({ kind, text }) => (kind === null || text === null ? [] : [kind]));
  const [why] = (await whyConfidential(deps, row, kinds, execution)).values();
  if (why !== undefined) throw new StreamFailure('public_repository', why);
}
