import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../api/client.ts';
import type { ItemOf } from '../../api/types.ts';

export type Channel = ItemOf<'/v1/notice-channels'>;

/** Where notices go, without secrets; for operators. */
export const channelsQuery = queryOptions({
  queryKey: ['notice-channels'],
  queryFn: async ({ signal }) => (await dataOf(api.GET('/v1/notice-channels', { signal }))).items,
});
