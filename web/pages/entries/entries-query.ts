import { infiniteQueryOptions, keepPreviousData, type InfiniteData } from '@tanstack/react-query';
import { api, dataOf } from '../../api/client.ts';
import { cursorOf, pages } from '../../api/pages.ts';
import type { Answer, ItemOf } from '../../api/types.ts';
import type { EntriesSearch } from './entries-search.ts';

/** An entry in a list. */
export type EntryItem = ItemOf<'/v1/spaces/{space}/entries'>;
export type EntryPages = InfiniteData<Answer<'/v1/spaces/{space}/entries'>>;

/** Enough for the largest screen, so that the first page is there soon. */
const firstPage = 60;
const nextPages = 200;
/** A list of more pages is not read again from its beginning; what changed in it is put into its place. */
export const mostReread = 3;

/** The entries of a kind (`null`: of all) that a search finds, a page at a time. */
export function entriesQuery(space: string, kind: string | null, search: EntriesSearch) {
  return infiniteQueryOptions({
    ...pages,
    queryKey: ['space', space, 'entries', kind, search],
    queryFn: ({ pageParam, signal }) =>
      readEntries(space, kind, search, {
        limit: pageParam === undefined ? firstPage : nextPages,
        ...cursorOf(pageParam),
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    refetchOnMount: ({ state }) => (state.data?.pages.length ?? 0) <= mostReread,
  });
}

/** The newest changes among the same entries. */
export function newestEntries(
  space: string,
  kind: string | null,
  search: EntriesSearch,
): Promise<Answer<'/v1/spaces/{space}/entries'>> {
  return readEntries(space, kind, { ...search, sort: '-updated' }, { limit: nextPages });
}

function readEntries(
  space: string,
  kind: string | null,
  { q, status, sort }: EntriesSearch,
  { signal, ...page }: { limit: number; cursor?: string; signal?: AbortSignal },
) {
  return dataOf(
    api.GET('/v1/spaces/{space}/entries', {
      params: {
        path: { space },
        query: {
          ...page,
          ...(kind !== null && { kind }),
          ...(q !== undefined && { q }),
          ...(status !== undefined && { status }),
          ...(sort !== undefined && { sort }),
        },
      },
      ...(signal && { signal }),
    }),
  );
}
