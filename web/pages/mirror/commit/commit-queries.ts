import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import { cursorOf, pages } from '../../../api/pages.ts';
import type { Answer, ItemOf } from '../../../api/types.ts';
import type { MirrorPath } from '../mirror-queries.ts';

const route = '/v1/projects/{project}/mirrors/{branch}';

/** A commit of a mirror among the API's paths. */
export interface CommitPath extends MirrorPath {
  sha: string;
}

/** A page of a commit: what it says, and some of the objects that it changed. */
export type CommitAnswer = Answer<'/v1/projects/{project}/mirrors/{branch}/commits/{sha}'>;
/** An object that a commit changed. */
export type ChangedObject = ItemOf<'/v1/projects/{project}/mirrors/{branch}/commits/{sha}'>;
/** A file of a changed object, before and after. */
export type ChangedFile = ChangedObject['files'][number];
/** A file on one side of a commit. */
export type FileSide = NonNullable<ChangedFile['before']>;

export function commitQuery(path: CommitPath) {
  return infiniteQueryOptions({
    ...pages,
    queryKey: ['commit', path],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: 100, ...cursorOf(pageParam) };
      return dataOf(api.GET(`${route}/commits/{sha}`, { params: { path, query }, signal }));
    },
    // A commit never changes.
    staleTime: Infinity,
  });
}

/** A file as it was in a commit; for what the page of the commit leaves out. */
export function fileQuery({ project, branch, sha }: CommitPath, file: string) {
  return queryOptions({
    queryKey: ['commit-file', project, branch, sha, file],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET(`${route}/file`, {
          params: { path: { project, branch }, query: { path: file, at: sha } },
          signal,
        }),
      ),
    staleTime: Infinity,
    retry: false,
  });
}
