import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import type { Answer } from '../../../api/types.ts';
import type { MirrorPath } from '../mirror-queries.ts';
import { usualPeriod, type HealthSearch } from '../mirror-search.ts';

const route = '/v1/projects/{project}/mirrors/{branch}/health';

/** How a mirror has been doing. */
export type Health = Answer<typeof route>;

/** How often it is read again while it is shown, in milliseconds. */
const renewal = 60_000;

/** How a mirror has been doing over a period. */
export function healthQuery(path: MirrorPath, { period: wanted }: HealthSearch) {
  const period = wanted ?? usualPeriod;
  return queryOptions({
    queryKey: ['mirror', path, 'health', period],
    queryFn: ({ signal }) =>
      dataOf(api.GET(route, { params: { path, query: { period } }, signal })),
    refetchInterval: renewal,
  });
}
