import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import type { Answer } from '../../../api/types.ts';
import type { MirrorPath } from '../mirror-queries.ts';
import type { LineageSearch } from '../mirror-search.ts';
import { objectSearchOf } from '../../../parts/streams/object-search-of.ts';
import { startOf } from './start-of.ts';

/** Where the data of something comes from and where it goes, as far as the mirror's files show it. */
export type Lineage = Answer<'/v1/projects/{project}/mirrors/{branch}/lineage'> & {
  /** What it is the answer to, besides its start. */
  asked: { direction: 'up' | 'down' | 'both'; depth: number };
};

/** How far the lineage is followed unless the address says otherwise, in links. */
export const usualDepth = 3;

/** The lineage that an address asks for. While another depth or direction is read, the old answer is shown. */
export function lineageQuery(path: MirrorPath, search: LineageSearch) {
  const start = startOf(search);
  const { direction = 'both', depth = usualDepth } = search;
  const query = { ...(start && objectSearchOf(start)), direction, depth };
  return queryOptions<Lineage>({
    queryKey: ['mirror', path, 'lineage', query],
    queryFn: async ({ signal }) => {
      const params = { path, query };
      const route = '/v1/projects/{project}/mirrors/{branch}/lineage';
      const answer = await dataOf(api.GET(route, { params, signal }));
      return { ...answer, asked: { direction, depth } };
    },
    enabled: start !== null,
    placeholderData: (before) => (before?.start === start?.id ? before : undefined),
  });
}
