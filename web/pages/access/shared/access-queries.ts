import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import { readAll } from '../../../api/read-all.ts';

/** How long names of projects and spaces are taken as they were read, in milliseconds. */
const staleTime = 60_000;

/** All projects, to choose from. */
export const projectsQuery = queryOptions({
  queryKey: ['projects'],
  queryFn: ({ signal }) =>
    readAll((query) => dataOf(api.GET('/v1/projects', { params: { query }, signal }))),
  staleTime,
});

/** All knowledge spaces with their kinds, to choose from. */
export const spacesQuery = queryOptions({
  queryKey: ['spaces'],
  queryFn: ({ signal }) =>
    readAll((query) => dataOf(api.GET('/v1/spaces', { params: { query }, signal }))),
  staleTime,
});
