import { listApprovalsOf } from '../../../db/knowledge/reviews/review-approvals.ts';
import { listReviews } from '../../../db/knowledge/reviews/reviews.ts';
import { callerOf } from '../../access/authentication.ts';
import type { AddRoutes } from '../../http/deps.ts';
import { pageOf, pageStart } from '../../http/paging.ts';
import { PageOf } from '../../http/schema-parts.ts';
import { spaceOf } from '../spaces/space-access.ts';
import { SpaceParams } from '../spaces/space-schema.ts';
import { openReview } from './open-review.ts';
import {
  ReviewFileQuery,
  ReviewItemView,
  ReviewParams,
  ReviewQuery,
  ReviewView,
} from './review-schema.ts';
import { reviewItemView, reviewView } from './review-view.ts';

const tags = ['reviews'];

/** Routes that show reviews. A review is seen by whoever may read all that it changes. */
export const addReviewRoutes: AddRoutes = (api, deps) => {
  api.get(
    '/v1/spaces/:space/reviews',
    {
      config: { role: 'agent', refuses: [404, 422] },
      schema: {
        tags,
        summary: 'List changes that others approve before they are saved, newest first',
        params: SpaceParams,
        querystring: ReviewQuery,
        response: { 200: PageOf(ReviewItemView) },
      },
    },
    async (request) => {
      const access = await spaceOf(deps, request);
      const { limit, after } = pageStart(request.query, /^[1-9]\d{0,9}$/);
      const { state = null, entry } = request.query;
      const rows = await listReviews(deps.db, {
        spaceId: access.row.id,
        state,
        kinds: access.kinds('reader'),
        ...(entry === undefined ? {} : { entryId: entry }),
        after: after === null ? null : Number(after),
        limit: limit + 1,
      });
      const said = await listApprovalsOf(
        deps.db,
        rows.map(({ id }) => id),
      );
      const reader = { caller: callerOf(request), access };
      return pageOf(
        rows,
        limit,
        ({ number }) => number,
        (row) => reviewItemView(row, said.get(row.id) ?? [], reader),
      );
    },
  );
  api.get(
    '/v1/spaces/:space/reviews/:review',
    {
      config: { role: 'agent', refuses: [404] },
      schema: {
        tags,
        summary: 'Show a review: what it changes, who said what, and what is missing',
        description:
          'Of one that is over, with the whole texts that were proposed: nothing is lost when a host deletes its branch.',
        params: ReviewParams,
        querystring: ReviewFileQuery,
        response: { 200: ReviewView },
      },
    },
    async (request) => {
      const { review, access } = await openReview(deps, request);
      return reviewView(deps, review, { caller: callerOf(request), access }, request.query);
    },
  );
};
