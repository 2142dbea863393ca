import { Skeleton, Stack } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { Key, ReactNode } from 'react';
import { texts } from '../texts/index.ts';
import { ProblemAlert } from './problem-alert.tsx';
import { RowList, type Column } from './row-list.tsx';

/** A table that is read a page at a time: its rows, what is said if there are none, and why it cannot be read. */
export function PagedRows<Item>({
  query: { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch },
  empty,
  ...list
}: {
  query: UseInfiniteQueryResult<InfiniteData<{ items: Item[] }>>;
  empty: ReactNode;
  /** What the rows are, for those who do not see them. */
  label: string;
  keyOf: (item: Item) => Key;
  columns: Column<Item>[];
}) {
  const items = data?.pages.flatMap((page) => page.items);
  return (
    <>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {items === undefined && error === null && (
        <Stack aria-busy aria-label={texts.common.loading}>
          {[1, 2, 3, 4, 5].map((row) => (
            <Skeleton key={row} h={44} />
          ))}
        </Stack>
      )}
      {items?.length === 0 && empty}
      {items !== undefined && items.length > 0 && (
        <RowList
          {...list}
          items={items}
          pages={{
            hasMore: hasNextPage,
            isReading: isFetchingNextPage,
            onMore: () => void fetchNextPage(),
          }}
        />
      )}
    </>
  );
}
