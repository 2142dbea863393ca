import { sql, type Selectable } from 'kysely';
import type { Actor } from '../../../model/access/actor.ts';
import type { Role } from '../../../model/access/roles.ts';
import type { ToldAs } from '../../../model/knowledge/review.ts';
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
  /** Who says it for the person, whose wish for changes they dismiss. */
  dismissedBy?: Person;
}

/** Records what somebody says about a review. */
export async function recordApproval(trx: Trx, approval: NewApproval): Promise<void> {
  const { reviewId, person, role, by, verdict, comment, headSha, dismissedBy } = approval;
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
      dismissedBy: dismissedBy === undefined ? null : jsonb(dismissedBy),
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

/** Lists all that was said about several reviews, by the review's id, oldest first. */
export async function listApprovalsOf(
  db: Db,
  reviewIds: readonly string[],
): Promise<Map<string, ReviewApproval[]>> {
  const of = new Map<string, ReviewApproval[]>(reviewIds.map((id) => [id, []]));
  if (reviewIds.length === 0) return of;
  const rows = await db
    .selectFrom('reviewApprovals')
    .selectAll()
    .where('reviewId', 'in', reviewIds)
    .orderBy('id')
    .execute();
  for (const row of rows) of.get(row.reviewId)?.push(row);
  return of;
}

/** Notes that the host is about to be told in the person's own name: whether it was, only the host may know. */
export async function noteApprovalTelling(db: Db, id: number): Promise<void> {
  await db
    .updateTable('reviewApprovals')
    .set({ toldAs: 'approval' })
    .where('id', '=', id)
    .execute();
}

/** Notes how the host was told what somebody said, and why not in their own name. */
export async function noteApprovalTold(
  db: Db,
  id: number,
  { as, why }: { as: ToldAs; why: string },
): Promise<void> {
  await db
    .updateTable('reviewApprovals')
    .set({ toldAt: sql<Date>`now()`, toldAs: as, toldWhy: storableText(why) })
    .where('id', '=', id)
    .execute();
}
