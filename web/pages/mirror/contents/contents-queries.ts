import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import { cursorOf, pages } from '../../../api/pages.ts';
import type { Answer, ItemOf } from '../../../api/types.ts';
import type { MirrorPath } from '../mirror-queries.ts';
import type { ContentsSearch } from '../mirror-search.ts';
import type { ObjectSearch } from '../../../parts/streams/object-search-of.ts';

const route = '/v1/projects/{project}/mirrors/{branch}';

/** A configuration, row or table of a mirror. */
export type ContentsItem = ItemOf<'/v1/projects/{project}/mirrors/{branch}/search'>;

/** How much a mirror holds. */
export type ContentsCounts = Answer<'/v1/projects/{project}/mirrors/{branch}/contents'>;

/** A commit that changed an object. */
export type ObjectVersion = ItemOf<'/v1/projects/{project}/mirrors/{branch}/objects/versions'>;

/** What a mirror holds, by words and kind. */
export function contentsQuery(path: MirrorPath, search: ContentsSearch) {
  return infiniteQueryOptions({
    ...pages,
    queryKey: ['mirror', path, 'lists', 'contents', search],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...search, limit: 50, ...cursorOf(pageParam) };
      return dataOf(api.GET(`${route}/search`, { params: { path, query }, signal }));
    },
  });
}

/** How much a mirror holds, by component and by bucket. */
export function countsQuery(path: MirrorPath) {
  return queryOptions({
    queryKey: ['mirror', path, 'lists', 'counts'],
    queryFn: ({ signal }) => dataOf(api.GET(`${route}/contents`, { params: { path }, signal })),
  });
}

/** What the newest tree says of a configuration, row or table; `null` of what it does not have. */
export function objectQuery(path: MirrorPath, object: ObjectSearch) {
  const { component, configuration, row, table } = object;
  const kind = row !== undefined ? 'row' : table !== undefined ? 'table' : 'configuration';
  return queryOptions({
    queryKey: ['mirror', path, 'lists', 'object', object],
    queryFn: async ({ signal }): Promise<ContentsItem | null> => {
      // What has the id itself comes first; several components may have the same one.
      const query = { text: row ?? table ?? configuration ?? '', kind, limit: 200 } as const;
      const found = await dataOf(api.GET(`${route}/search`, { params: { path, query }, signal }));
      const isIt = (item: ContentsItem) =>
        item.componentId === component &&
        item.configurationId === configuration &&
        item.rowId === row &&
        item.tableId === table;
      return found.items.find(isIt) ?? null;
    },
  });
}

/** The first rows of a table, or why there are none. */
export function sampleQuery(path: MirrorPath, table: string) {
  return queryOptions({
    queryKey: ['mirror', path, 'lists', 'sample', table],
    queryFn: ({ signal }) =>
      dataOf(api.GET(`${route}/sample`, { params: { path, query: { table } }, signal })),
  });
}

/** The commits that changed an object, newest first. */
export function versionsQuery(path: MirrorPath, object: ObjectSearch) {
  return infiniteQueryOptions({
    ...pages,
    queryKey: ['mirror', path, 'lists', 'versions', object],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...object, limit: 20, ...cursorOf(pageParam) };
      return dataOf(api.GET(`${route}/objects/versions`, { params: { path, query }, signal }));
    },
  });
}

/** How an object differs between two commits. */
export function comparisonQuery(path: MirrorPath, object: ObjectSearch, from: string, to: string) {
  return infiniteQueryOptions({
    ...pages,
    queryKey: ['comparison', path, object, from, to],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...object, from, to, limit: 100, ...cursorOf(pageParam) };
      return dataOf(api.GET(`${route}/objects/comparison`, { params: { path, query }, signal }));
    },
    // Commits never change.
    staleTime: Infinity,
  });
}

/** The entries of a folder of the newest tree. */
export function folderQuery(path: MirrorPath, folder: string) {
  return infiniteQueryOptions({
    ...pages,
    queryKey: ['mirror', path, 'lists', 'folder', folder],
    queryFn: ({ pageParam, signal }) => {
      const query = { path: folder, limit: 100, ...cursorOf(pageParam) };
      return dataOf(api.GET(`${route}/tree`, { params: { path, query }, signal }));
    },
  });
}

/** A file of the newest tree. */
export function fileQuery(path: MirrorPath, file: string) {
  return queryOptions({
    queryKey: ['mirror', path, 'lists', 'file', file],
    queryFn: ({ signal }) =>
      dataOf(api.GET(`${route}/file`, { params: { path, query: { path: file } }, signal })),
  });
}
