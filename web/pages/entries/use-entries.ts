import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { spaceQuery } from '../../parts/knowledge/space-queries.ts';
import { changeOf } from '../../parts/knowledge/change-of-space.ts';
import { withChangedRows } from './changed-rows.ts';
import { entriesQuery, mostReread, newestEntries } from './entries-query.ts';
import type { EntriesSearch } from './entries-search.ts';

/** The entries that a search finds, as they change: a short list is read again, a long one only where it changed. */
export function useEntries(space: string, kind: string | null, search: EntriesSearch) {
  const client = useQueryClient();
  const options = entriesQuery(space, kind, search);
  const query = useInfiniteQuery(options);
  const [isOutdated, setOutdated] = useState(false);
  const { data: now } = useQuery({ ...spaceQuery(space), select: changeOf });
  const seen = useRef(now);
  useEffect(() => {
    if (now === undefined || seen.current === now) return;
    const isFirst = seen.current === undefined;
    seen.current = now;
    if (isFirst) return;
    const { queryKey } = entriesQuery(space, kind, search);
    const before = client.getQueryData(queryKey);
    if (before === undefined || before.pages.length <= mostReread) {
      void client.invalidateQueries({ queryKey });
      return;
    }
    newestEntries(space, kind, search).then(
      ({ items }) => {
        const kept = client.getQueryData(queryKey);
        if (kept === undefined) return;
        const { pages, isNew } = withChangedRows(kept, items);
        client.setQueryData(queryKey, pages);
        if (isNew) setOutdated(true);
      },
      // The next news reads it again.
      () => undefined,
    );
  }, [client, space, kind, search, now]);
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items), [query.data]);
  const readAgain = () => {
    setOutdated(false);
    void client.resetQueries({ queryKey: options.queryKey });
  };
  return { query, items, isOutdated, readAgain };
}
