import { sql, type Selectable } from 'kysely';
import type { Actor } from '../../../model/access/actor.ts';
import type { Role } from '../../../model/access/roles.ts';
import type { Verdict } from '../../../model/knowledge/review-rules.ts';
import type { Person } from '../../../model/streams/author.ts';
import type { Db, Trx } from '../../connect.ts';
import type { ReviewApprovalsTable } from '../../schema/reviews.ts';
import { jsonb, storableText } from '../../storable.ts';

/** What somebody said about a review. */
export type ReviewApproval = Selectable<ReviewApprovalsTable>;

/** What somebody says about a review. */
export interface NewApproval {
  reviewId: string;
  person: Person;
  role: Role;
  by: Actor;
  verdict: Verdict;
  comment: string;
  headSha: string | null;
}

/** Records what somebody says about a review. */
export async function recordApproval(trx: Trx, approval: NewApproval): Promise<void> {
  const { reviewId, person, role, by, verdict, comment, headSha } = approval;
  await trx
    .insertInto('reviewApprovals')
    .values({
      reviewId,
      person: jsonb(person),
      role,
      tokenId: by.tokenId,
      personId: by.personId,
      verdict,
      comment: storableText(comment),
      headSha,
    })
    .execute();
}

/** Lists all that was said about a review, oldest first. */
export async function listApprovals(db: Db, reviewId: string): Promise<ReviewApproval[]> {
  return db
    .selectFrom('reviewApprovals')
    .selectAll()
    .where('reviewId', '=', reviewId)
    .orderBy('id')
    .execute();
}

/** Notes that the host was told what somebody said. */
export async function noteApprovalTold(db: Db, id: number): Promise<void> {
  await db
    .updateTable('reviewApprovals')
    .set({ toldAt: sql<Date>`now()` })
    .where('id', '=', id)
    .execute();
}

/** Who approved the version that was merged, its authors aside, of the reviews that these saves come from, by the review's id. */
export async function listReviewers(
  db: Db,
  saves: readonly { reviewId: string | null }[],
): Promise<Map<string, Person[]>> {
  const ids = [...new Set(saves.flatMap(({ reviewId }) => reviewId ?? []))];
  const reviewers = new Map<string, Person[]>();
  if (ids.length === 0) return reviewers;
  const { rows } = await sql<{ reviewId: string; person: Person }>`
    SELECT review_id, person FROM (
      SELECT DISTINCT ON (a.review_id, lower(a.person->>'email')) a.review_id, a.person, a.verdict, a.id
      FROM review_approvals a JOIN reviews r ON r.id = a.review_id
      WHERE a.review_id = ANY (${ids}::uuid[]) AND (a.verdict <> 'approved' OR a.head_sha = r.head_sha)
        AND NOT EXISTS (
          SELECT FROM jsonb_array_elements(r.authors) author
          WHERE lower(author->>'email') = lower(a.person->>'email'))
      ORDER BY a.review_id, lower(a.person->>'email'), a.id DESC
    ) last WHERE verdict = 'approved' ORDER BY id`.execute(db);
  for (const { reviewId, person } of rows)
    reviewers.set(reviewId, [...(reviewers.get(reviewId) ?? []), person]);
  return reviewers;
}
