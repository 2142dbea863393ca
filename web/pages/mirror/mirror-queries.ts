import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../api/client.ts';
import { cursorOf, pages } from '../../api/pages.ts';

/** A mirror's place among the API's paths. */
export interface MirrorPath {
  project: string;
  branch: string;
}

const route = '/v1/projects/{project}/mirrors/{branch}';

export function mirrorQuery(path: MirrorPath) {
  return queryOptions({
    queryKey: ['mirror', path],
    queryFn: ({ signal }) => dataOf(api.GET(route, { params: { path }, signal })),
  });
}

export function projectQuery(project: string) {
  return queryOptions({
    queryKey: ['project', project],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/v1/projects/{project}', { params: { path: { project } }, signal })),
    staleTime: 5 * 60_000,
  });
}

export function waitingQuery(path: MirrorPath) {
  return infiniteQueryOptions({
    ...pages,
    queryKey: ['mirror', path, 'lists', 'waiting'],
    queryFn: ({ pageParam, signal }) => {
      const query = { state: 'waiting', limit: 20, ...cursorOf(pageParam) } as const;
      return dataOf(api.GET(`${route}/changes`, { params: { path, query }, signal }));
    },
  });
}

/** Where secrets were recognised in the texts of a mirror. */
export function secretsQuery(path: MirrorPath) {
  return infiniteQueryOptions({
    ...pages,
    queryKey: ['mirror', path, 'lists', 'secrets'],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: 10, ...cursorOf(pageParam) };
      return dataOf(api.GET(`${route}/secrets`, { params: { path, query }, signal }));
    },
  });
}

export function timelineQuery(path: MirrorPath) {
  return infiniteQueryOptions({
    ...pages,
    queryKey: ['mirror', path, 'lists', 'timeline'],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: 20, ...cursorOf(pageParam) };
      return dataOf(api.GET(`${route}/timeline`, { params: { path, query }, signal }));
    },
  });
}

/** The last verification; `checkedAt` is its time, so that a later one is read anew. */
export function verificationQuery(path: MirrorPath, checkedAt: string) {
  return queryOptions({
    queryKey: ['mirror', path, 'verification', checkedAt],
    queryFn: ({ signal }) => dataOf(api.GET(`${route}/verification`, { params: { path }, signal })),
  });
}

/** Both sides of a path that differed in the verification of this time. */
export function verificationFileQuery(path: MirrorPath, checkedAt: string, file: string) {
  return queryOptions({
    queryKey: ['mirror', path, 'verification', checkedAt, file],
    queryFn: ({ signal }) => {
      const params = { path, query: { path: file } };
      return dataOf(api.GET(`${route}/verification/file`, { params, signal }));
    },
    staleTime: Infinity,
  });
}
