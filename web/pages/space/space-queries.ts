import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../api/client.ts';
import { cursorOf, pages } from '../../api/pages.ts';

export function spaceQuery(space: string) {
  return queryOptions({
    queryKey: ['space', space],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/v1/spaces/{space}', { params: { path: { space } }, signal })),
  });
}

export function changesQuery(space: string) {
  return infiniteQueryOptions({
    ...pages,
    queryKey: ['space', space, 'changes'],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: 20, ...cursorOf(pageParam) };
      return dataOf(
        api.GET('/v1/spaces/{space}/changes', { params: { path: { space }, query }, signal }),
      );
    },
  });
}
