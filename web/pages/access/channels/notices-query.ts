import { infiniteQueryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import { cursorOf, pages } from '../../../api/pages.ts';
import type { ItemOf } from '../../../api/types.ts';

export type Notice = ItemOf<'/v1/notices'>;

/** Notices, newest first; with `waiting`, only those that were not sent. */
export function noticesQuery(waiting: boolean) {
  const query = { limit: 50, ...(waiting && { waiting }) };
  return infiniteQueryOptions({
    ...pages,
    queryKey: ['notices', query],
    queryFn: ({ pageParam, signal }) =>
      dataOf(
        api.GET('/v1/notices', { params: { query: { ...query, ...cursorOf(pageParam) } }, signal }),
      ),
  });
}
