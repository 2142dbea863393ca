import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import type { Answer } from '../../../api/types.ts';
import type { MirrorPath } from '../mirror-queries.ts';

/** What a held mirror found, and what accepting would do. */
export type Hold = Answer<'/v1/projects/{project}/mirrors/{branch}/hold'>;

/**
 * What a mirror that is held for this reason found. It is read once and stays as it is until somebody looks again: one
 * accepts what one has seen.
 */
export function holdQuery(path: MirrorPath, reason: { code: string; since: string }) {
  return queryOptions({
    queryKey: ['mirror', path, 'hold', reason],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/v1/projects/{project}/mirrors/{branch}/hold', { params: { path }, signal })),
    // Also when everything is read again, as after a lost connection.
    staleTime: 'static',
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** Accepts what was looked at, if it is still so: the branch, or what would be removed. */
export function accept(path: MirrorPath, { removal, tip }: Pick<Hold, 'removal' | 'tip'>) {
  return dataOf(
    api.POST('/v1/projects/{project}/mirrors/{branch}/actions/approve', {
      params: { path },
      body: removal === null ? { tip: tip?.sha ?? null } : { removal: removal.id },
    }),
  );
}
