import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../api/client.ts';
import { cursorOf, pages } from '../../api/pages.ts';
import type { SyncStatus } from '../../../model/knowledge/entry.ts';

/** A space, with its kinds and how it stands. */
export function spaceQuery(space: string) {
  return queryOptions({
    queryKey: ['space', space],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/v1/spaces/{space}', { params: { path: { space } }, signal })),
  });
}

/** What the keys of everything begin with that is read again when a space has changed. */
export function spaceLists(space: string) {
  return ['space', space, 'lists'] as const;
}

/** The commits that changed entries, newest first. */
export function commitsQuery(space: string) {
  return infiniteQueryOptions({
    ...pages,
    queryKey: [...spaceLists(space), 'commits'],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: 15, ...cursorOf(pageParam) };
      return dataOf(
        api.GET('/v1/spaces/{space}/commits', { params: { path: { space }, query }, signal }),
      );
    },
  });
}

/** Where secrets were recognised in the entries that Git has. */
export function foundSecretsQuery(space: string) {
  return infiniteQueryOptions({
    ...pages,
    queryKey: [...spaceLists(space), 'secrets'],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: 10, ...cursorOf(pageParam) };
      return dataOf(
        api.GET('/v1/spaces/{space}/secrets', { params: { path: { space }, query }, signal }),
      );
    },
  });
}

/** The first entries with a status, those changed last first. */
export function entriesOfStatusQuery(space: string, status: SyncStatus, limit: number) {
  return queryOptions({
    queryKey: [...spaceLists(space), 'entries', status, limit],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/v1/spaces/{space}/entries', {
          params: { path: { space }, query: { status, limit, sort: '-updated' } },
          signal,
        }),
      ),
  });
}

/** The first open conflicts, oldest first. */
export function conflictsQuery(space: string, limit: number) {
  return queryOptions({
    queryKey: [...spaceLists(space), 'conflicts', limit],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/v1/spaces/{space}/conflicts', {
          params: { path: { space }, query: { limit } },
          signal,
        }),
      ),
  });
}

/** The caller's first drafts. */
export function draftsQuery(space: string, limit: number) {
  return queryOptions({
    queryKey: [...spaceLists(space), 'drafts', limit],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/v1/spaces/{space}/drafts', {
          params: { path: { space }, query: { limit } },
          signal,
        }),
      ),
  });
}

/** How often reviews are read again while they are shown, in milliseconds: what people say of them is no news of the space. */
export const reviewsRenewal = 15_000;

/** The newest reviews that go on. */
export function openReviewsQuery(space: string) {
  return queryOptions({
    queryKey: [...spaceLists(space), 'reviews', 'open'],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/v1/spaces/{space}/reviews', {
          params: { path: { space }, query: { state: 'under_way', limit: 100 } },
          signal,
        }),
      ),
    refetchInterval: reviewsRenewal,
  });
}
