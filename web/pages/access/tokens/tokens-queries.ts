import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import { readAll } from '../../../api/read-all.ts';
import type { ItemOf } from '../../../api/types.ts';

export type Token = ItemOf<'/v1/tokens'>;

/** All tokens, also those that do not work any more. */
export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) =>
    readAll((query) => dataOf(api.GET('/v1/tokens', { params: { query }, signal }))),
});
