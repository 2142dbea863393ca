import type { Static } from '@fastify/type-provider-typebox';
import type { Trx } from '../../../db/connect.ts';
import { listApprovals, recordApproval } from '../../../db/knowledge/reviews/review-approvals.ts';
import { noteAuthors, wakeReview } from '../../../db/knowledge/reviews/review-marks.ts';
import { findReview, lockReview, type Review } from '../../../db/knowledge/reviews/reviews.ts';
import { emailKey } from '../../../knowledge/review/people.ts';
import type { Actor } from '../../../model/access/actor.ts';
import { isUnderWay } from '../../../model/knowledge/review.ts';
import type { Person } from '../../../model/streams/author.ts';
import { inRequest, writeAudit } from '../../access/audited.ts';
import { callerOf } from '../../access/authentication.ts';
import type { AddRoutes } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import { signalSpace } from '../../streams/signals.ts';
import { requireStorable } from '../entries/require-storable.ts';
import { personOf } from '../spaces/space-access.ts';
import { openReview, requireForAll } from './open-review.ts';
import { moved, over } from './review-problems.ts';
import { DismissBody, ReviewParams, ReviewView } from './review-schema.ts';
import { reviewView } from './review-view.ts';

/** What an admin dismisses, and who they are. */
interface Dismissal extends Static<typeof DismissBody> {
  by: Person;
  actor: Actor;
}

/** The route with which an admin ends what somebody who may be gone stands in the way of a review with. */
export const addDismissRoute: AddRoutes = (api, deps) => {
  api.post(
    '/v1/spaces/:space/reviews/:review/actions/dismiss',
    {
      config: { role: 'admin', refuses: [404, 409, 422] },
      schema: {
        tags: ['reviews'],
        summary: 'Dismiss a wish for changes, or that commits name somebody as an author',
        description:
          '`wish`: what somebody asked for no longer counts. `author`: somebody whom only commits name may approve what is at `head`; a later change may name them again. Both are kept and shown.',
        params: ReviewParams,
        body: DismissBody,
        response: { 200: ReviewView },
      },
    },
    async (request) => {
      const { access, review } = await openReview(deps, request);
      requireForAll(access, review, 'admin');
      requireStorable(request.body);
      const { what, email, head } = request.body;
      const caller = callerOf(request);
      await inRequest(deps.db, async (trx) => {
        const row = await lockReview(trx, review.id);
        if (!isUnderWay(row.state)) throw over(row.number);
        if (row.headSha?.startsWith(head.toLowerCase()) !== true)
          throw moved(row.number, row.headSha);
        const dismissal = { ...request.body, by: personOf(caller), actor: caller };
        await (what === 'wish' ? dismissWish : dismissAuthor)(trx, row, dismissal);
        await wakeReview(trx, row.id);
        await writeAudit(trx, request, {
          action: 'review.dismiss',
          target: `space/${access.row.id}`,
          detail: { review: row.number, what, email, head: row.headSha },
        });
      });
      await signalSpace(deps.spaces, request.log, access.row.id, 'reviewsChanged');
      const now = await findReview(deps.db, access.row.id, review.number);
      return reviewView(deps, now ?? review, { caller, access });
    },
  );
};

async function dismissWish(trx: Trx, review: Review, dismissal: Dismissal): Promise<void> {
  const { email, comment, by, actor } = dismissal;
  const isTheirs = (one: { person: Person }) => emailKey(one.person.email) === emailKey(email);
  const last = (await listApprovals(trx, review.id)).findLast(isTheirs);
  if (last?.verdict !== 'changes_requested')
    throw nothing(`${email} asks for no changes of review ${review.number}.`);
  await recordApproval(trx, {
    ...{ reviewId: review.id, person: last.person, role: last.role ?? 'reader', by: actor },
    ...{ verdict: 'withdrawn', comment, headSha: review.headSha, dismissedBy: by },
  });
}

async function dismissAuthor(trx: Trx, review: Review, dismissal: Dismissal): Promise<void> {
  const { email, comment, by } = dismissal;
  const { authors, headSha: head } = review;
  const isMeant = (one: { email: string }) => emailKey(one.email) === emailKey(email);
  const named = authors.find(isMeant);
  if (named?.named !== true || head === null)
    throw nothing(
      named === undefined
        ? `${email} is no author of review ${review.number}.`
        : `${email} changed this in Gitward, and remains its author.`,
    );
  await noteAuthors(
    trx,
    review.id,
    authors.map((one) => (isMeant(one) ? { ...one, dismissed: { by, comment, head } } : one)),
  );
}

function nothing(detail: string): ApiProblem {
  return new ApiProblem(409, 'nothing_to_dismiss', `There is nothing to dismiss: ${detail}`);
}
