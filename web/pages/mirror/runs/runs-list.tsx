import { Badge, Text } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { PagedRows } from '../../../parts/paged-rows.tsx';
import { RowLink } from '../../../parts/row-list.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import type { MirrorPath } from '../mirror-queries.ts';
import type { RunsSearch } from '../mirror-search.ts';
import { duration } from './duration.ts';
import { runWords } from './run-words.ts';
import type { Run } from './runs-queries.ts';

const { runs: words } = texts;

/** Runs by the names of their configurations, each of which opens. `withErrors`: with why they failed. */
export function RunsList({
  path,
  search,
  withErrors = false,
  ...list
}: {
  path: MirrorPath;
  search: RunsSearch;
  query: UseInfiniteQueryResult<InfiniteData<{ items: Run[] }>>;
  label: string;
  empty: ReactNode;
  withErrors?: boolean;
}) {
  return (
    <PagedRows
      {...list}
      keyOf={({ runId }) => runId}
      columns={[
        {
          name: words.columns.what,
          cell: (run) => {
            const { name, detail } = runWords(run);
            return (
              <>
                <RowLink
                  to="/mirrors/$project/$branch/runs"
                  params={path}
                  search={{ ...search, run: run.runId }}
                  resetScroll={false}
                >
                  <bdi>{name}</bdi>
                </RowLink>
                <Text size="xs" c="dimmed">
                  <bdi>{detail}</bdi>
                </Text>
              </>
            );
          },
        },
        ...(withErrors
          ? [
              {
                name: words.columns.why,
                cell: ({ error }: Run) => error !== null && <Text size="sm">{error}</Text>,
              },
            ]
          : [
              {
                name: words.columns.status,
                cell: ({ status }: Run) => (
                  <Badge variant="light" tt="none" color={colors[status] ?? 'gray'}>
                    {words.words[status] ?? status}
                  </Badge>
                ),
              },
            ]),
        { name: words.columns.ended, cell: ({ finishedAt }) => <Time at={finishedAt} /> },
        {
          name: words.columns.took,
          cell: ({ seconds }) => (seconds === null ? null : duration(seconds)),
        },
      ]}
    />
  );
}

const colors: Readonly<Record<string, string>> = {
  SUCCESS: 'green',
  FAILED: 'red',
  WARNING: 'yellow',
};
