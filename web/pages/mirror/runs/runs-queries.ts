import { infiniteQueryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import { cursorOf, pages } from '../../../api/pages.ts';
import type { ItemOf } from '../../../api/types.ts';
import type { MirrorPath } from '../mirror-queries.ts';
import type { RunsSearch } from '../mirror-search.ts';
import { timesOf } from './period.ts';

const route = '/v1/projects/{project}/mirrors/{branch}/runs';

/** A run of a job. */
export type Run = ItemOf<typeof route>;

/** The runs that a mirror knows, newest first. */
export function runsQuery(path: MirrorPath, search: RunsSearch) {
  const { component, configuration, status, period = 'day' } = search;
  const which = {
    ...(component !== undefined && { component }),
    ...(configuration !== undefined && { configuration }),
    ...(status !== undefined && { status }),
  };
  return infiniteQueryOptions({
    ...pages,
    queryKey: ['mirror', path, 'lists', 'runs', which, period],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...which, ...timesOf(period, new Date()), limit: 50, ...cursorOf(pageParam) };
      return dataOf(api.GET(route, { params: { path, query }, signal }));
    },
  });
}
