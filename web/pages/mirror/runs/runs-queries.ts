import { infiniteQueryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import { cursorOf, pages } from '../../../api/pages.ts';
import type { ItemOf } from '../../../api/types.ts';
import type { MirrorPath } from '../mirror-queries.ts';
import type { RunsSearch } from '../mirror-search.ts';

const route = '/v1/projects/{project}/mirrors/{branch}/runs';

/** A run of a job. */
export type Run = ItemOf<typeof route>;

/** The runs that a mirror knows, newest first. */
export function runsQuery(path: MirrorPath, { component, configuration, status }: RunsSearch) {
  const which = {
    ...(component !== undefined && { component }),
    ...(configuration !== undefined && { configuration }),
    ...(status !== undefined && { status }),
  };
  return infiniteQueryOptions({
    ...pages,
    queryKey: ['mirror', path, 'lists', 'runs', which],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...which, limit: 50, ...cursorOf(pageParam) };
      return dataOf(api.GET(route, { params: { path, query }, signal }));
    },
  });
}
