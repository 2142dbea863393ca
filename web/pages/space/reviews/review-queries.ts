import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import { cursorOf, pages } from '../../../api/pages.ts';
import type { Answer } from '../../../api/types.ts';
import { reviewsRenewal, spaceLists } from '../../../parts/knowledge/space-queries.ts';

/** A change that others approve before it is saved. */
export type Review = Answer<'/v1/spaces/{space}/reviews/{review}'>;

/** The reviews that go on, or those that have ended, newest first. */
export function reviewsQuery(space: string, state: 'under_way' | 'ended') {
  return infiniteQueryOptions({
    ...pages,
    queryKey: [...spaceLists(space), 'reviews', state],
    queryFn: ({ pageParam, signal }) => {
      const query = { state, limit: 50, ...cursorOf(pageParam) };
      return dataOf(
        api.GET('/v1/spaces/{space}/reviews', { params: { path: { space }, query }, signal }),
      );
    },
    refetchInterval: reviewsRenewal,
  });
}

/** A review with what it changes, and what people said of it. */
export function reviewQuery(space: string, review: number) {
  return queryOptions({
    queryKey: [...spaceLists(space), 'review', review],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/v1/spaces/{space}/reviews/{review}', {
          params: { path: { space, review } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) => (state.data?.endedAt == null ? reviewsRenewal : false),
  });
}

/** What people do with a review. */
export type ReviewAct = 'approve' | 'request-changes' | 'withdraw' | 'merge' | 'close';

/** Says something about a review, of the version that was seen, or says what should become of it. */
export function actOnReview(
  space: string,
  { number, head }: Pick<Review, 'number' | 'head'>,
  act: ReviewAct,
  comment: string,
): Promise<Review> {
  const params = { path: { space, review: number } };
  const path = '/v1/spaces/{space}/reviews/{review}/actions';
  if (act === 'merge' || act === 'close')
    return dataOf(api.POST(`${path}/${act}`, { params, body: {} }));
  const word = comment.trim();
  const body = { head: head ?? '', ...(word !== '' && { comment: word }) };
  return dataOf(api.POST(`${path}/${act}`, { params, body }));
}
