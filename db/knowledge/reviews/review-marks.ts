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
import { kindsIn, putReviewItems, type Review, type ReviewItem } from './reviews.ts';

/** What is noted of a review; what is left out stays. */
export interface ReviewMarks {
  state?: ReviewState;
  branch?: string;
  baseSha?: string | null;
  pushedSha?: string;
  headSha?: string | null;
  readSha?: string;
  needs?: readonly ReviewNeed[];
  pullRequest?: PullRequestLink;
  mergeCommit?: string | null;
  failure?: ReviewFailure | null;
  told?: string;
  /** In how many milliseconds it is looked at again, unless something has asked for a look since it was read. */
  lookIn?: number;
}

/** Notes what is known of a review that goes on, as it was read; one that has ended stays as it is. */
export async function noteReview(
  db: Db,
  { id, woken }: Pick<Review, 'id' | 'woken'>,
  { pullRequest, failure, needs, lookIn, ...marks }: ReviewMarks,
): Promise<void> {
  const next = sql<Date>`CASE WHEN woken = ${woken}
    THEN now() + ${lookIn ?? 0}::float8 * interval '1 millisecond' ELSE look_at END`;
  await db
    .updateTable('reviews')
    .set({
      ...marks,
      ...(pullRequest === undefined ? {} : { pullRequest: jsonb(pullRequest) }),
      ...(failure === undefined ? {} : { failure: failure === null ? null : jsonb(failure) }),
      ...(needs === undefined ? {} : { needs: jsonb(needs) }),
      ...(lookIn === undefined ? {} : { lookAt: next }),
      updatedAt: sql<Date>`now()`,
    })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .execute();
}

/** Notes what somebody wants of a review, if anything, and has it looked at now. */
export async function wakeReview(
  db: Db,
  id: string,
  wishes: { mergeWantedBy?: string; closeWantedBy?: string } = {},
): Promise<void> {
  await db
    .updateTable('reviews')
    .set({
      ...wishes,
      lookAt: sql<Date>`now()`,
      woken: sql<number>`woken + 1`,
      updatedAt: sql<Date>`now()`,
    })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .execute();
}

/** Has the reviews of a space looked at now, or only those that are being merged. */
export async function lookAtReviewsNow(
  db: Db,
  spaceId: string,
  { merging = false }: { merging?: boolean } = {},
): Promise<void> {
  let query = db
    .updateTable('reviews')
    .set({ lookAt: sql<Date>`now()`, woken: sql<number>`woken + 1` })
    .where('spaceId', '=', spaceId)
    .where('endedAt', 'is', null);
  if (merging) query = query.where('state', '=', 'merging');
  await query.execute();
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
      kinds: sql<string[]>`ARRAY(SELECT DISTINCT unnest(kinds || ${kindsIn(items)}::text[]))`,
      // Who wanted it merged has not seen this.
      mergeWantedBy: null,
      updatedAt: sql<Date>`now()`,
    })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return;
  await putReviewItems(trx, id, items);
  await markEntriesInReview(trx, spaceId);
}

/** Replaces who counts as an author, inside the caller's transaction, which has locked the review. */
export async function noteAuthors(
  trx: Trx,
  id: string,
  authors: readonly ReviewAuthor[],
): Promise<void> {
  await trx
    .updateTable('reviews')
    .set({ authors: jsonb(authors) })
    .where('id', '=', id)
    .execute();
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
