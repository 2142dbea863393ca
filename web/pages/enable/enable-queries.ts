import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../api/client.ts';
import { readAll } from '../../api/read-all.ts';
import type { ItemOf } from '../../api/types.ts';
import { mirrorBody, type Draft } from './draft.ts';

export type Platform = ItemOf<'/v1/platforms'>;

/** The projects that are here already, by id. */
export const projectsQuery = queryOptions({
  queryKey: ['projects'],
  queryFn: ({ signal }) =>
    readAll((query) => dataOf(api.GET('/v1/projects', { params: { query }, signal }))),
});

/** The platforms, and what their sources need. */
export const platformsQuery = queryOptions({
  queryKey: ['platforms'],
  queryFn: async ({ signal }) => (await dataOf(api.GET('/v1/platforms', { signal }))).items,
  staleTime: Infinity,
});

/** What the first commit would do. It reads the whole project, so it is asked for once for the same draft. */
export function previewQuery(draft: Draft) {
  const { project, branch: branchId } = draft;
  const body = { branchId, ...mirrorBody(draft) };
  return queryOptions({
    queryKey: ['preview', project, body],
    queryFn: ({ signal }) =>
      dataOf(
        api.POST('/v1/projects/{project}/mirrors/preview', {
          params: { path: { project } },
          body,
          signal,
        }),
      ),
    staleTime: 60_000,
    retry: false,
  });
}
