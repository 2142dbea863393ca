import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import { readAll } from '../../../api/read-all.ts';
import type { ItemOf } from '../../../api/types.ts';

export type Branch = ItemOf<'/v1/projects/{project}/branches'>;
export type ListedMirror = ItemOf<'/v1/projects/{project}/mirrors'>;

/** The branches of a project, as its platform lists them now. */
export function branchesQuery(project: string) {
  return queryOptions({
    queryKey: ['branches', project],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/v1/projects/{project}/branches', { params: { path: { project } }, signal })),
    staleTime: 30_000,
  });
}

/** The mirrors of a project, also those that have ended. */
export function mirrorsQuery(project: string) {
  return queryOptions({
    queryKey: ['mirrors', project],
    queryFn: ({ signal }) =>
      readAll((query) =>
        dataOf(
          api.GET('/v1/projects/{project}/mirrors', {
            params: { path: { project }, query },
            signal,
          }),
        ),
      ),
  });
}
