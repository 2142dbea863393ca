import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import { readAll } from '../../../api/read-all.ts';
import type { ItemOf } from '../../../api/types.ts';

export type Credential = ItemOf<'/v1/credentials'>;

/** The credentials that the caller may see, without their secrets, by name. */
export const credentialsQuery = queryOptions({
  queryKey: ['credentials'],
  queryFn: ({ signal }) =>
    readAll((query) => dataOf(api.GET('/v1/credentials', { params: { query }, signal }))),
});
