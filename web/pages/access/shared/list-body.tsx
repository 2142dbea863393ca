import { Button, Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { texts } from '../../../texts/index.ts';

const { access, common } = texts;

/** What is below the head of a list: its tools and rows, or why there are none. */
export function ListBody<Item>({
  query: { data, error, refetch },
  shown,
  tools,
  empty,
  onClear,
  children,
}: {
  query: UseQueryResult<Item[]>;
  /** What the filters let through. */
  shown: readonly Item[];
  tools: ReactNode;
  /** What is said if there is nothing at all. */
  empty: ReactNode;
  onClear: () => void;
  children: ReactNode;
}) {
  if (data === undefined)
    return error === null ? (
      <Stack aria-busy aria-label={common.loading}>
        {[1, 2, 3, 4].map((row) => (
          <Skeleton key={row} h={44} />
        ))}
      </Stack>
    ) : (
      <ProblemAlert error={error} onRetry={() => void refetch()} />
    );
  if (data.length === 0) return empty;
  return (
    <Stack>
      {tools}
      {shown.length === 0 ? (
        <EmptyState title={access.nothingMatches}>
          <Button variant="light" onClick={onClear}>
            {access.clearFilters}
          </Button>
        </EmptyState>
      ) : (
        children
      )}
    </Stack>
  );
}
