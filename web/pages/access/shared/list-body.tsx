import { Button, Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { texts } from '../../../texts/index.ts';
import { ListTools } from './list-tools.tsx';

const { access, common } = texts;

/** What is below the head of a list: its tools and rows, or why there are none. */
export function ListBody<Item>({
  query: { data, error, refetch },
  shown,
  text = '',
  show,
  unfiltered,
  go,
  empty,
  children,
  ...tools
}: {
  query: UseQueryResult<Item[]>;
  /** What the filters let through. */
  shown: readonly Item[];
  /** What the views are of. */
  label: string;
  /** What the words are looked for in. */
  hint: string;
  views: { value: string; label: string }[];
  /** The view that is shown. */
  show: string;
  /** The words that are looked for. */
  text: string | undefined;
  /** The view without a filter. */
  unfiltered: string;
  /** Changes the address. */
  go: (changed: Record<string, unknown>, replace: boolean) => void;
  /** What is said if there is nothing at all. */
  empty: ReactNode;
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
      <ListTools
        {...tools}
        show={show}
        text={text}
        onShow={(now) => go({ show: now }, true)}
        onText={(now) => go({ text: now }, true)}
      />
      {shown.length === 0 ? (
        <EmptyState title={access.nothingMatches}>
          <Button variant="light" onClick={() => go({ text: undefined, show: unfiltered }, true)}>
            {access.clearFilters}
          </Button>
        </EmptyState>
      ) : (
        children
      )}
    </Stack>
  );
}
