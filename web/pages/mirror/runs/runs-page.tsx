import { Badge, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Dialog } from '../../../parts/dialog.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { PagedRows } from '../../../parts/paged-rows.tsx';
import { RowLink } from '../../../parts/row-list.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import { MirrorHeader } from '../mirror-header.tsx';
import { runsSearch, type RunsSearch } from '../mirror-search.ts';
import { duration } from './duration.ts';
import { RunDetails } from './run-details.tsx';
import { runsQuery, type Run } from './runs-queries.ts';

const route = getRouteApi('/signed-in/mirrors/$project/$branch/runs');
const { runs: words } = texts;

/** The status that the platform gives failed runs. */
const failed = 'FAILED';

/** The runs of jobs, newest first; one opens with what it did. */
export function RunsPage() {
  const path = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery({
    ...runsQuery(path, search),
    placeholderData: keepPreviousData,
  });
  const go = (changed: { [Name in keyof RunsSearch]?: string | undefined }) =>
    void navigate({
      search: runsSearch({ ...search, ...changed }),
      replace: true,
      resetScroll: false,
    });
  const { component, configuration, status, run } = search;
  const opened = query.data?.pages.flatMap(({ items }) => items).find(({ runId }) => runId === run);
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
        <PagedRows
          query={query}
          label={words.title}
          keyOf={({ runId }) => runId}
          empty={
            <EmptyState title={isNarrowed ? words.nothing : words.empty}>
              {isNarrowed ? null : words.emptyHint}
            </EmptyState>
          }
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

const colors: Readonly<Record<string, string>> = {
  SUCCESS: 'green',
  FAILED: 'red',
  WARNING: 'yellow',
};
