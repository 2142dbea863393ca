import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { api, dataOf } from '../../api/client.ts';
import type { Draft, Entry } from '../../api/types.ts';
import { spaceLists } from '../../parts/knowledge/space-queries.ts';

/** An entry as it is now. */
export function entryQuery(space: string, entry: string) {
  return queryOptions({
    queryKey: ['space', space, 'entry', entry],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/v1/spaces/{space}/entries/{entry}', {
          ...{ params: { path: { space, entry } }, signal },
        }),
      ),
  });
}

/** Reads an entry now: an answer that is on its way may be older than what was just done. */
export async function readEntryNow(
  client: QueryClient,
  space: string,
  entry: string,
): Promise<Entry> {
  const query = entryQuery(space, entry);
  await client.cancelQueries({ queryKey: query.queryKey });
  return client.query({ ...query, staleTime: 0 });
}

/** So often it is asked who else writes an entry, in milliseconds. */
const askAgain = 20_000;

/** Who else is writing an entry now. */
export function otherEditorsQuery(space: string, entry: string) {
  return queryOptions({
    queryKey: ['space', space, 'editors', entry],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/v1/spaces/{space}/entries/{entry}/editors', {
          ...{ params: { path: { space, entry } }, signal },
        }),
      ),
    refetchInterval: askAgain,
  });
}

/** The open conflict of an entry, if it has one. */
export function conflictOfQuery(space: string, entry: string) {
  return queryOptions({
    queryKey: [...spaceLists(space), 'conflict-of', entry],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/v1/spaces/{space}/conflicts', {
          ...{ params: { path: { space }, query: { entry, limit: 1 } }, signal },
        }),
      ),
  });
}

/** Entries of a kind, for what others use in their fields. */
export function entriesOfKindQuery(space: string, kind: string) {
  return queryOptions({
    queryKey: ['space', space, 'used', kind],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/v1/spaces/{space}/entries', {
          ...{ params: { path: { space }, query: { kind, sort: '-updated', limit: 200 } }, signal },
        }),
      ),
    staleTime: 300_000,
  });
}

/** The caller's draft of an entry; `null` if there is none. */
export async function findDraft(space: string, entry: string): Promise<Draft | null> {
  const query = { entry, limit: 1 };
  const { items } = await dataOf(
    api.GET('/v1/spaces/{space}/drafts', { params: { path: { space }, query } }),
  );
  const [found] = items;
  return found === undefined ? null : readDraft(space, found.id);
}

/** A draft of the caller. */
export function readDraft(space: string, draft: string): Promise<Draft> {
  return dataOf(
    api.GET('/v1/spaces/{space}/drafts/{draft}', { params: { path: { space, draft } } }),
  );
}
