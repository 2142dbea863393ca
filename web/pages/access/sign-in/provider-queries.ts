import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import type { Answer } from '../../../api/types.ts';

export type ProviderView = NonNullable<Answer<'/v1/settings/open-id-connect'>>;

/** The OpenID Connect provider; `null` if none is connected. */
export const providerQuery = queryOptions({
  queryKey: ['settings', 'open-id-connect'],
  queryFn: ({ signal }) => dataOf(api.GET('/v1/settings/open-id-connect', { signal })),
});
