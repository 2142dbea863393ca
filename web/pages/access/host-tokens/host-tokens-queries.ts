import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import type { ItemOf } from '../../../api/types.ts';

/** A token of the caller for a Git host, without its secret. */
export type HostToken = ItemOf<'/v1/me/host-tokens'>;

/** The caller's own tokens of Git hosts. */
export const hostTokensQuery = queryOptions({
  queryKey: ['host-tokens'],
  queryFn: async ({ signal }) => {
    const { items } = await dataOf(api.GET('/v1/me/host-tokens', { signal }));
    return items;
  },
});
