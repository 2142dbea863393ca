import type { FastifyRequest } from 'fastify';
import {
  findReview,
  listReviewItems,
  type Review,
  type ReviewItem,
} from '../../../db/knowledge/reviews/reviews.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import { spaceOf, type SpaceAccess } from '../spaces/space-access.ts';

/** A review that the caller may see. */
export interface OpenedReview {
  access: SpaceAccess;
  review: Review;
  items: ReviewItem[];
}

/** The review that the path names. Throws the same 404 if there is none, or the caller may not read all that it changes. */
export async function openReview(deps: ApiDeps, request: FastifyRequest): Promise<OpenedReview> {
  const access = await spaceOf(deps, request);
  const { review: number } = request.params as { review: number };
  const review = await findReview(deps.db, access.row.id, number);
  const items = review === null ? [] : await listReviewItems(deps.db, review.id);
  if (review === null || !seesAll(access, items))
    throw new ApiProblem(
      404,
      'review_not_found',
      `Space ${access.row.id} has no review ${number}.`,
    );
  return { access, review, items };
}

function seesAll(access: SpaceAccess, items: readonly ReviewItem[]): boolean {
  const all = access.kinds('reader') === null;
  return items.every(({ kind }) => (kind === null ? all : access.may('reader', kind)));
}
