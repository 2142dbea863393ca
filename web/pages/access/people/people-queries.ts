import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import { readAll } from '../../../api/read-all.ts';
import type { ItemOf } from '../../../api/types.ts';

export type Person = ItemOf<'/v1/people'>;

/** Everybody who may sign in as themselves, and who may not any more. */
export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: ({ signal }) =>
    readAll((query) => dataOf(api.GET('/v1/people', { params: { query }, signal }))),
});
