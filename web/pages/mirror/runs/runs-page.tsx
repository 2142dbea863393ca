import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Card } from '../../../parts/card.tsx';
import { Dialog } from '../../../parts/dialog.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { texts } from '../../../texts/index.ts';
import { MirrorHeader } from '../mirror-header.tsx';
import { periods, runsSearch, type RunsSearch } from '../mirror-search.ts';
import { RunDetails } from './run-details.tsx';
import { RunsList } from './runs-list.tsx';
import { runWords } from './run-words.ts';
import { runsQuery } from './runs-queries.ts';

const route = getRouteApi('/signed-in/mirrors/$project/$branch/runs');
const { runs: words } = texts;

/** The status that the platform gives failed runs. */
const failed = 'FAILED';

/** The runs of jobs: first what failed in a time and why, then all of them; one opens with what it did. */
export function RunsPage() {
  const path = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { component, configuration, status, run, period = 'day' } = search;
  const failures = useInfiniteQuery(runsQuery(path, { ...search, status: failed }));
  const all = useInfiniteQuery({
    ...runsQuery(path, runsSearch({ ...search, status: undefined })),
    enabled: status !== failed,
  });
  const go = (changed: { [Name in keyof RunsSearch]?: string | undefined }) =>
    void navigate({
      search: runsSearch({ ...search, ...changed }),
      replace: true,
      resetScroll: false,
    });
  const known = [failures, all]
    .flatMap(({ data }) => data?.pages ?? [])
    .flatMap(({ items }) => items);
  const opened = known.find(({ runId }) => runId === run);
  const of = known.find(
    ({ componentId, configurationId }) =>
      componentId === component && configurationId === (configuration ?? null),
  );
  return (
    <>
      <MirrorHeader path={path} title={words.title} />
      <Stack>
        <Group gap="sm">
          <SegmentedControl
            aria-label={words.periods}
            value={period}
            onChange={(value) => go({ period: value === 'day' ? undefined : value })}
            data={periods.map((value) => ({ value, label: words.periodsOf[value] }))}
          />
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
              <Text size="sm">
                {words.only(
                  of?.configurationName ?? [component, configuration].filter(Boolean).join(' / '),
                )}
              </Text>
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
        <Card title={words.failures} aside={<Within>{words.within[period]}</Within>}>
          <RunsList
            {...{ path, search }}
            query={failures}
            label={words.failures}
            withErrors
            empty={<Text size="sm">{words.noFailures}</Text>}
          />
        </Card>
        {status !== failed && (
          <Card title={words.everyRun} aside={<Within>{words.within[period]}</Within>}>
            <RunsList
              {...{ path, search }}
              query={all}
              label={words.title}
              empty={
                period === 'all' ? (
                  <EmptyState title={words.empty}>{words.emptyHint}</EmptyState>
                ) : (
                  <EmptyState title={words.nothing}>
                    <Button variant="light" onClick={() => go({ period: 'all' })}>
                      {words.showAll}
                    </Button>
                  </EmptyState>
                )
              }
            />
          </Card>
        )}
      </Stack>
      <Dialog
        view={opened?.runId ?? null}
        title={opened === undefined ? '' : runWords(opened).name}
        size="xl"
        onClose={() => go({ run: undefined })}
      >
        {opened !== undefined && <RunDetails path={path} run={opened} />}
      </Dialog>
    </>
  );
}

function Within({ children }: { children: string }) {
  return (
    <Text size="sm" c="dimmed">
      {children}
    </Text>
  );
}
