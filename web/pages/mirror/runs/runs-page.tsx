import { Badge, Button, Group, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Dialog } from '../../../parts/dialog.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { RowLink, RowList } from '../../../parts/row-list.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import { MirrorHeader } from '../mirror-header.tsx';
import { runsSearch, type RunsSearch } from '../mirror-search.ts';
import { duration } from './duration.ts';
import { RunDetails } from './run-details.tsx';
import { runsQuery, type Run } from './runs-queries.ts';

const route = getRouteApi('/signed-in/mirrors/$project/$branch/runs');
const { runs: words, common } = texts;

/** The status that the platform gives failed runs. */
const failed = 'FAILED';

/** The runs of jobs, newest first; one opens with what it did. */
export function RunsPage() {
  const path = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    {
      ...runsQuery(path, search),
      placeholderData: keepPreviousData,
    },
  );
  const go = (changed: { [Name in keyof RunsSearch]?: string | undefined }) =>
    void navigate({
      search: runsSearch({ ...search, ...changed }),
      replace: true,
      resetScroll: false,
    });
  const items = data?.pages.flatMap((page) => page.items);
  const { component, configuration, status, run } = search;
  const opened = items?.find(({ runId }) => runId === run);
  const isNarrowed = component !== undefined || status !== undefined;
  return (
    <>
      <MirrorHeader path={path} title={words.title} />
      <Stack>
        <Group gap="sm">
          <SegmentedControl
            aria-label={words.statuses}
            value={status === failed ? failed : 'all'}
            onChange={(value) => go({ status: value === failed ? failed : undefined })}
            data={[
              { value: 'all', label: words.all },
              { value: failed, label: words.failed },
            ]}
          />
          {component !== undefined && (
            <Group gap="xs">
              <Text size="sm">{words.only(component, configuration ?? '')}</Text>
              <Button
                variant="subtle"
                size="xs"
                onClick={() => go({ component: undefined, configuration: undefined })}
              >
                {words.everything}
              </Button>
            </Group>
          )}
        </Group>
        {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
        {items === undefined && error === null && (
          <Stack aria-busy aria-label={common.loading}>
            {[1, 2, 3, 4, 5].map((row) => (
              <Skeleton key={row} h={44} />
            ))}
          </Stack>
        )}
        {items?.length === 0 && (
          <EmptyState title={isNarrowed ? words.nothing : words.empty}>
            {isNarrowed ? null : words.emptyHint}
          </EmptyState>
        )}
        {items !== undefined && items.length > 0 && (
          <Runs
            items={items}
            pages={{
              hasMore: hasNextPage,
              isReading: isFetchingNextPage,
              onMore: () => void fetchNextPage(),
            }}
          />
        )}
      </Stack>
      <Dialog
        view={opened?.runId ?? null}
        title={opened === undefined ? '' : nameOf(opened)}
        size="xl"
        onClose={() => go({ run: undefined })}
      >
        {opened !== undefined && <RunDetails path={path} run={opened} />}
      </Dialog>
    </>
  );
}

function nameOf({ componentId, configurationId }: Run): string {
  return configurationId === null
    ? words.withoutConfiguration(componentId)
    : `${componentId} / ${configurationId}`;
}

function Runs({
  items,
  pages,
}: {
  items: Run[];
  pages: { hasMore: boolean; isReading: boolean; onMore: () => void };
}) {
  const path = route.useParams();
  const search = route.useSearch();
  return (
    <RowList
      label={words.title}
      items={items}
      keyOf={({ runId }) => runId}
      pages={pages}
      columns={[
        {
          name: words.columns.what,
          cell: (run) => (
            <RowLink
              to="/mirrors/$project/$branch/runs"
              params={path}
              search={{ ...search, run: run.runId }}
              resetScroll={false}
            >
              {nameOf(run)}
            </RowLink>
          ),
        },
        {
          name: words.columns.status,
          cell: ({ status }) => (
            <Badge variant="light" tt="none" color={colors[status] ?? 'gray'}>
              {words.words[status] ?? status}
            </Badge>
          ),
        },
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
