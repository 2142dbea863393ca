import { Button, Skeleton, Stack, Text } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { Key, ReactNode } from 'react';
import { texts } from '../texts/index.ts';
import classes from './paged-list.module.css';
import { ProblemAlert } from './problem-alert.tsx';

/** A list that is read a page at a time: its items, and a button for more. */
export function PagedList<Item>({
  query,
  keyOf,
  empty,
  label,
  children,
}: {
  query: UseInfiniteQueryResult<InfiniteData<{ items: Item[] }>>;
  keyOf: (item: Item) => Key;
  /** What is said if there is no item. */
  empty: string;
  /** What the list is, for those who do not see it. */
  label: string;
  children: (item: Item) => ReactNode;
}) {
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } = query;
  if (data === undefined)
    return error === null ? (
      <Stack gap="xs" aria-busy>
        <Skeleton h={18} />
        <Skeleton h={18} w="70%" />
      </Stack>
    ) : (
      <ProblemAlert error={error} onRetry={() => void refetch()} />
    );
  const items = data.pages.flatMap((page) => page.items);
  if (items.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {empty}
      </Text>
    );
  return (
    <Stack gap="xs">
      <ul className={classes.list} aria-label={label}>
        {items.map((item) => (
          <li key={keyOf(item)}>{children(item)}</li>
        ))}
      </ul>
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {texts.common.more}
        </Button>
      )}
    </Stack>
  );
}
