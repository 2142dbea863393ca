import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import { cursorOf, pages } from '../../../api/pages.ts';
import type { ItemOf } from '../../../api/types.ts';

/** Something that is done to a whole space, or to many of its entries. */
export type Operation = ItemOf<'/v1/spaces/{space}/operations'>;

/** The newest operations that the caller may see. */
export function operationsQuery(space: string) {
  return queryOptions({
    queryKey: ['space', space, 'operations'],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/v1/spaces/{space}/operations', {
          params: { path: { space }, query: { limit: 4 } },
          signal,
        }),
      ),
  });
}

/** An operation, and how far it has got. */
export function operationQuery(space: string, operation: string) {
  return queryOptions({
    queryKey: ['space', space, 'operation', operation],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/v1/spaces/{space}/operations/{operation}', {
          params: { path: { space, operation } },
          signal,
        }),
      ),
  });
}

/** An item of an operation, with its outcome. */
export type OperationItem = Operation['errors'][number];

/** The items of an operation that somebody has to look at. */
export function troublesQuery(space: string, operation: string) {
  return infiniteQueryOptions({
    ...pages,
    queryKey: ['space', space, 'operation', operation, 'troubles'],
    queryFn: async ({ pageParam, signal }) => {
      const query = { items: 'failed', limit: 100, ...cursorOf(pageParam) } as const;
      const { items } = await dataOf(
        api.GET('/v1/spaces/{space}/operations/{operation}', {
          params: { path: { space, operation }, query },
          signal,
        }),
      );
      return items ?? { items: [], nextCursor: null };
    },
  });
}
