import type { FastifyRequest } from 'fastify';
import { recordApproval } from '../../../db/knowledge/reviews/review-approvals.ts';
import { wakeReview } from '../../../db/knowledge/reviews/review-marks.ts';
import { findReview, lockReview } from '../../../db/knowledge/reviews/reviews.ts';
import { isUnderWay } from '../../../model/knowledge/review.ts';
import type { Verdict } from '../../../model/knowledge/review-rules.ts';
import { inRequest, writeAudit } from '../../access/audited.ts';
import { callerOf } from '../../access/authentication.ts';
import { requirePerson } from '../../access/require-person.ts';
import type { AddRoutes, Api, ApiDeps } from '../../http/deps.ts';
import { Strict } from '../../http/schema-parts.ts';
import { requireStorable } from '../entries/require-storable.ts';
import { signalSpace } from '../../streams/signals.ts';
import { personOf } from '../spaces/space-access.ts';
import { openReview, requireForAll, type OpenedReview } from './open-review.ts';
import { moved, over } from './review-problems.ts';
import { roleFor } from './role-for.ts';
import { ReviewParams, ReviewView, VerdictBody } from './review-schema.ts';
import { reviewView } from './review-view.ts';

const tags = ['reviews'];
const one = '/v1/spaces/:space/reviews/:review/actions';

/** Routes with which people say what they think of a review, and what should become of it. */
export const addVerdictRoutes: AddRoutes = (api, deps) => {
  addVerdict(api, deps, {
    path: 'approve',
    verdict: 'approved',
    summary: 'Approve what a review changes',
    description:
      'Once everybody has approved who must, it is merged. An approval is for one version (`head`): if somebody changes the branch, it no longer counts.',
  });
  addVerdict(api, deps, {
    path: 'request-changes',
    verdict: 'changes_requested',
    summary: 'Ask for changes before a review is merged',
    description: 'Until you approve it, or withdraw this, it is not merged.',
  });
  addVerdict(api, deps, {
    path: 'withdraw',
    verdict: 'withdrawn',
    summary: 'Take back what you said about a review',
    description: 'Neither your approval nor your wish for changes counts any more.',
  });
  addWish(api, deps, {
    path: 'merge',
    summary: 'Have a review merged once it is approved',
    description:
      'Needed only where nobody has to approve it here, such as on a branch that the host protects: it is merged when the host lets us.',
    wish: (by) => ({ mergeWantedBy: by }),
    require: ({ access, review }) => {
      requireForAll(access, review, 'editor');
    },
  });
  addWish(api, deps, {
    path: 'close',
    summary: 'Close a review without merging it',
    description: 'By who asked for it, or a publisher. The pull request is closed as well.',
    wish: (by) => ({ closeWantedBy: by }),
    require: ({ access, review }, request) => {
      const caller = callerOf(request);
      const isOwn = review.tokenId === caller.tokenId && review.personId === caller.personId;
      if (!isOwn) requireForAll(access, review, 'publisher');
    },
  });
};

function addVerdict(
  api: Api,
  deps: ApiDeps,
  {
    path,
    verdict,
    summary,
    description,
  }: { path: string; verdict: Verdict; summary: string; description: string },
): void {
  api.post(
    `${one}/${path}`,
    {
      // A rule may name a reader: whose approval counts is up to the rules.
      config: { role: 'reader', refuses: [404, 409, 422] },
      schema: {
        tags,
        summary,
        description,
        params: ReviewParams,
        body: VerdictBody,
        response: { 200: ReviewView },
      },
    },
    async (request) => {
      const opened = await openReview(deps, request);
      requireStorable(request.body);
      const caller = requirePerson(request, 'review changes');
      const { head, comment = '' } = request.body;
      const { review, access } = opened;
      await inRequest(deps.db, async (trx) => {
        const { headSha, state } = await lockReview(trx, review.id);
        if (!isUnderWay(state)) throw over(review.number);
        if (headSha?.startsWith(head.toLowerCase()) !== true) throw moved(review.number, headSha);
        await recordApproval(trx, {
          ...{ reviewId: review.id, person: personOf(caller), by: caller, verdict, comment },
          role: roleFor(access, review.kinds) ?? 'reader',
          headSha,
        });
        await wakeReview(trx, review.id);
        await writeAudit(trx, request, {
          action: `review.${verdict}`,
          target: `space/${access.row.id}`,
          detail: { review: review.number, head: headSha },
        });
      });
      await signalSpace(deps.spaces, request.log, access.row.id, 'reviewsChanged');
      const now = await findReview(deps.db, access.row.id, review.number);
      return reviewView(deps, now ?? review, { caller: callerOf(request), access });
    },
  );
}

function addWish(
  api: Api,
  deps: ApiDeps,
  {
    path,
    summary,
    description,
    wish,
    require,
  }: {
    path: 'merge' | 'close';
    summary: string;
    description: string;
    wish: (by: string) => Parameters<typeof wakeReview>[2];
    require: (opened: OpenedReview, request: FastifyRequest) => void;
  },
): void {
  api.post(
    `${one}/${path}`,
    {
      config: { role: 'editor', refuses: [404, 409] },
      schema: {
        tags,
        summary,
        description,
        params: ReviewParams,
        body: Strict({}),
        response: { 200: ReviewView },
      },
    },
    async (request) => {
      const opened = await openReview(deps, request);
      require(opened, request);
      const { review, access } = opened;
      await inRequest(deps.db, async (trx) => {
        const { state, pullRequest } = await lockReview(trx, review.id);
        if (!isUnderWay(state)) throw over(review.number);
        // Its saves are accepted already.
        if (path === 'close' && state === 'merging' && pullRequest === null)
          throw over(review.number);
        await wakeReview(trx, review.id, wish(callerOf(request).name));
        await writeAudit(trx, request, {
          action: `review.${path}`,
          target: `space/${access.row.id}`,
          detail: { review: review.number },
        });
      });
      await signalSpace(deps.spaces, request.log, access.row.id, 'reviewsChanged');
      const now = await findReview(deps.db, access.row.id, review.number);
      return reviewView(deps, now ?? review, { caller: callerOf(request), access });
    },
  );
}
