import { sql } from 'kysely';
import type {
  PullRequestLink,
  ReviewFailure,
  ReviewState,
} from '../../../model/knowledge/review.ts';
import type { ReviewAuthor, ReviewNeed } from '../../../model/knowledge/review-rules.ts';
import type { Db, Trx } from '../../connect.ts';
import { jsonb, storableText } from '../../storable.ts';
import { markEntriesInReview } from './entries-in-review.ts';
import { putReviewItems, type Review, type ReviewItem } from './reviews.ts';

/** What is noted of a review; what is left out stays. */
export interface ReviewMarks {
  state?: ReviewState;
  branch?: string;
  baseSha?: string | null;
  pushedSha?: string;
  headSha?: string | null;
  readSha?: string;
  pullRequest?: PullRequestLink;
  mergeWantedBy?: string | null;
  closeWantedBy?: string;
  mergeCommit?: string | null;
  failure?: ReviewFailure | null;
  told?: string;
  branchRemoved?: true;
  /** In how many milliseconds it is looked at again. */
  lookIn?: number;
}

/** Notes what is known of a review that goes on; one that has ended stays as it is. */
export async function noteReview(
  db: Db,
  id: string,
  { pullRequest, failure, lookIn, ...marks }: ReviewMarks,
): Promise<void> {
  await db
    .updateTable('reviews')
    .set({
      ...marks,
      ...(pullRequest === undefined ? {} : { pullRequest: jsonb(pullRequest) }),
      ...(failure === undefined ? {} : { failure: failure === null ? null : jsonb(failure) }),
      ...(lookIn === undefined
        ? {}
        : { lookAt: sql<Date>`now() + ${lookIn}::float8 * interval '1 millisecond'` }),
      updatedAt: sql<Date>`now()`,
    })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .execute();
}

/** Has the reviews of a space looked at now. */
export async function lookAtReviewsNow(db: Db, spaceId: string): Promise<void> {
  await db
    .updateTable('reviews')
    .set({ lookAt: sql<Date>`now()` })
    .where('spaceId', '=', spaceId)
    .where('endedAt', 'is', null)
    .execute();
}

/** What is on a review's branch now. */
export interface ReviewedBranch {
  sha: string;
  items: readonly ReviewItem[];
  authors: readonly ReviewAuthor[];
  needs: readonly ReviewNeed[];
}

/** Takes over what is on a review's branch, unless the review has ended. */
export async function noteReviewedBranch(
  trx: Trx,
  { id, spaceId }: Pick<Review, 'id' | 'spaceId'>,
  { sha, items, authors, needs }: ReviewedBranch,
): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable('reviews')
    .set({
      headSha: sha,
      readSha: sha,
      authors: jsonb(authors),
      needs: jsonb(needs),
      updatedAt: sql<Date>`now()`,
    })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return;
  await putReviewItems(trx, id, items);
  await markEntriesInReview(trx, spaceId);
}

/** Ends a review, once. */
export async function endReview(
  trx: Trx,
  { id, spaceId }: Pick<Review, 'id' | 'spaceId'>,
  { state, outcome }: { state: 'merged' | 'closed'; outcome: string },
): Promise<void> {
  await trx
    .updateTable('reviews')
    .set({
      state,
      outcome: storableText(outcome),
      failure: null,
      endedAt: sql<Date>`now()`,
      updatedAt: sql<Date>`now()`,
    })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .execute();
  await markEntriesInReview(trx, spaceId);
}

/** Closes all reviews of a space that go on, inside the caller's transaction: nothing at the host is touched. */
export async function closeReviews(trx: Trx, spaceId: string, outcome: string): Promise<void> {
  await trx
    .updateTable('reviews')
    .set({ state: 'closed', outcome, failure: null, endedAt: sql<Date>`now()` })
    .where('spaceId', '=', spaceId)
    .where('endedAt', 'is', null)
    .execute();
  await markEntriesInReview(trx, spaceId);
}
