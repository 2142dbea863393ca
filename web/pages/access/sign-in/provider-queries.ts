import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import { ProblemError } from '../../../api/problem-error.ts';
import type { Answer } from '../../../api/types.ts';

export type ProviderView = Answer<'/v1/settings/open-id-connect'>;

/** The OpenID Connect provider; `null` if none is connected. */
export const providerQuery = queryOptions({
  queryKey: ['settings', 'open-id-connect'],
  queryFn: async ({ signal }): Promise<ProviderView | null> => {
    // Otherwise a browser would write down an error where there is none.
    const { openIdConnect } = await dataOf(api.GET('/v1/sign-in', { signal }));
    if (openIdConnect === null) return null;
    try {
      return await dataOf(api.GET('/v1/settings/open-id-connect', { signal }));
    } catch (error) {
      if (error instanceof ProblemError && error.status === 404) return null;
      throw error;
    }
  },
});
