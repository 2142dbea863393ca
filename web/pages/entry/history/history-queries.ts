import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import { cursorOf, pages } from '../../../api/pages.ts';
import type { Answer, ItemOf } from '../../../api/types.ts';
import { spaceLists } from '../../../parts/knowledge/space-queries.ts';

const route = '/v1/spaces/{space}/entries/{entry}';

/** An entry of a space. */
export interface EntryPath {
  space: string;
  entry: string;
}

/** A version of an entry in Git. */
export type Version = ItemOf<'/v1/spaces/{space}/entries/{entry}/versions'>;

/** What differs between two versions. */
export type Comparison = Answer<'/v1/spaces/{space}/entries/{entry}/diff'>;

/** The versions of an entry, newest first, a page at a time. */
export function versionsQuery(path: EntryPath) {
  return infiniteQueryOptions({
    ...pages,
    queryKey: [...spaceLists(path.space), 'versions', path.entry],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: 30, ...cursorOf(pageParam) };
      return dataOf(api.GET(`${route}/versions`, { params: { path, query }, signal }));
    },
  });
}

/** What differs between two versions: commits, dates or `1w`; without `to`, the entry as it is now. */
export function diffQuery(path: EntryPath, from: string, to: string | undefined) {
  return queryOptions({
    queryKey: [...spaceLists(path.space), 'diff', path.entry, from, to ?? null],
    queryFn: ({ signal }) => {
      const query = { from, ...(to !== undefined && { to }) };
      return dataOf(api.GET(`${route}/diff`, { params: { path, query }, signal }));
    },
  });
}

/** The entry as a commit left it; `null`: as it is now. */
export function versionQuery(path: EntryPath, commit: string | null) {
  return queryOptions({
    queryKey: [...spaceLists(path.space), 'version', path.entry, commit],
    queryFn: ({ signal }) => {
      const query = commit === null ? {} : { ref: commit };
      return dataOf(api.GET(route, { params: { path, query }, signal }));
    },
  });
}

/** Who wrote each line of the newest version in Git. */
export function linesQuery(path: EntryPath) {
  return queryOptions({
    queryKey: [...spaceLists(path.space), 'lines', path.entry],
    queryFn: ({ signal }) => dataOf(api.GET(`${route}/blame`, { params: { path }, signal })),
  });
}

/** Saves the text of a version again, if the entry is as it was seen (`base`; `null`: it was removed). */
export function restore(path: EntryPath, commit: string, base: string | null) {
  return dataOf(
    api.POST(`${route}/actions/restore`, {
      params: { path },
      body: { commit, ...(base !== null && { base }) },
    }),
  );
}
