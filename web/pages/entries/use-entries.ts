import { useThrottledCallback } from '@mantine/hooks';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { spaceQuery } from '../../parts/knowledge/space-queries.ts';
import { changeOf } from '../../parts/knowledge/change-of-space.ts';
import { together } from '../../parts/knowledge/use-space-news.ts';
import { withChangedRows } from './changed-rows.ts';
import { entriesQuery, mostReread, newestEntries } from './entries-query.ts';
import type { EntriesSearch } from './entries-search.ts';

/** The entries that a search finds, as they change: a short list is read again, a long one only where it changed. */
export function useEntries(space: string, kind: string | null, search: EntriesSearch) {
  const client = useQueryClient();
  const { queryKey, ...options } = entriesQuery(space, kind, search);
  const query = useInfiniteQuery({ queryKey, ...options });
  const [isOutdated, setOutdated] = useState(false);
  const refresh = useThrottledCallback(async () => {
    const before = client.getQueryData(queryKey);
    if (before === undefined || before.pages.length <= mostReread)
      return client.invalidateQueries({ queryKey });
    // If it cannot be read now, the next news reads it again.
    const newest = await newestEntries(space, kind, search).catch(() => null);
    const kept = client.getQueryData(queryKey);
    if (newest === null || kept === undefined) return;
    const { pages, isNew } = withChangedRows(kept, newest.items);
    client.setQueryData(queryKey, pages);
    if (isNew) setOutdated(true);
  }, together);
  const { data: now } = useQuery({ ...spaceQuery(space), select: changeOf });
  const seen = useRef(now);
  useEffect(() => {
    const before = seen.current;
    seen.current = now;
    if (before !== undefined && now !== undefined && before !== now) refresh();
  }, [now, refresh]);
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items), [query.data]);
  const readAgain = () => {
    setOutdated(false);
    void client.resetQueries({ queryKey });
  };
  return { query, items, isOutdated, readAgain };
}
