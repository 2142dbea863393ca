import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import { readAll } from '../../../api/read-all.ts';
import type { ItemOf } from '../../../api/types.ts';

export type BrowserSession = ItemOf<'/v1/sessions'>;

/** Where the caller is signed in or, for admins, everybody. */
export function sessionsQuery(all: boolean) {
  return queryOptions({
    queryKey: ['sessions', { all }],
    queryFn: ({ signal }) =>
      readAll((page) => {
        const query = { ...page, ...(all && { all }) };
        return dataOf(api.GET('/v1/sessions', { params: { query }, signal }));
      }),
  });
}
