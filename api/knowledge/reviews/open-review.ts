import type { FastifyRequest } from 'fastify';
import { findReview, type Review } from '../../../db/knowledge/reviews/reviews.ts';
import type { Role } from '../../../model/access/roles.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import { spaceOf, type SpaceAccess } from '../spaces/space-access.ts';

/** A review that the caller may see. */
export interface OpenedReview {
  access: SpaceAccess;
  review: Review;
}

/** The review that the path names. Throws the same 404 if there is none, or the caller may not read all that it changes or has changed. */
export async function openReview(deps: ApiDeps, request: FastifyRequest): Promise<OpenedReview> {
  const access = await spaceOf(deps, request);
  const { review: number } = request.params as { review: number };
  const review = await findReview(deps.db, access.row.id, number);
  if (review === null || !seesAll(access, review))
    throw new ApiProblem(
      404,
      'review_not_found',
      `Space ${access.row.id} has no review ${number}.`,
    );
  return { access, review };
}

function seesAll(access: SpaceAccess, { kinds }: Review): boolean {
  const all = access.kinds('reader') === null;
  return (
    all || (kinds.length > 0 && kinds.every((kind) => kind !== '' && access.may('reader', kind)))
  );
}

/** Throws 403 if the caller does not have this role for all that the review changes. */
export function requireForAll(access: SpaceAccess, { kinds }: Review, role: Role): void {
  for (const kind of kinds)
    if (kind === '') access.requireAll(role);
    else access.require(role, kind);
}
