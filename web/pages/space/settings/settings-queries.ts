import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import { spaceLists } from '../../../parts/knowledge/space-queries.ts';

/** Where a space's webhook goes, and when its host was last heard. */
export function webhookQuery(space: string) {
  return queryOptions({
    queryKey: ['space', space, 'webhook'],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/v1/spaces/{space}/webhook', { params: { path: { space } }, signal })),
  });
}

/** Who must approve which changes, and which weaker rules wait. */
export function rulesQuery(space: string) {
  return queryOptions({
    queryKey: [...spaceLists(space), 'rules'],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/v1/spaces/{space}/review-rules', { params: { path: { space } }, signal })),
  });
}
