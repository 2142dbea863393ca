import { Alert, Button, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { PageHeader } from '../../../parts/page-header.tsx';
import { PageProblem } from '../../../parts/page-problem.tsx';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import { BackToMirror } from '../back-to-mirror.tsx';
import { CommitFacts } from './commit-facts.tsx';
import { commitQuery, type CommitAnswer } from './commit-queries.ts';
import { ObjectGroupCard } from './object-group.tsx';
import { objectGroups } from './object-groups.ts';
import { shownObjects, type ShownObject } from './shown-files.ts';

const route = getRouteApi('/signed-in/mirrors/$project/$branch/commits/$sha');
const words = texts.commit;

/** A commit of a mirror: who changed what and when, and exactly what. */
export function CommitPage() {
  const path = route.useParams();
  const query = useInfiniteQuery(commitQuery(path));
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = query;
  const objects = useMemo(
    () => (data?.pages ?? []).flatMap(({ items }) => shownObjects(items)),
    [data],
  );
  const groups = useMemo(() => objectGroups(objects), [objects]);
  const first = data?.pages[0];
  if (first === undefined) return <PageProblem error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <BackToMirror {...path} />
      <PageHeader title={first.subject === '' ? words.noSubject : first.subject} />
      <Stack key={path.sha}>
        <StaleNotice stale={first.stale} />
        <CommitFacts path={path} commit={first} />
        <div>
          <Title order={2} size="h3">
            {words.changed}
          </Title>
          <Text size="sm" c="dimmed">
            {objects.length === 0 ? words.nothing : countsOf(objects)}
            {hasNextPage && `. ${words.soFar}`}
          </Text>
        </div>
        {groups.map((group) => (
          <ObjectGroupCard key={group.key} path={path} parent={first.parent} group={group} />
        ))}
        {error !== null && <ProblemAlert error={error} onRetry={() => void fetchNextPage()} />}
        {hasNextPage && (
          <Button
            variant="default"
            loading={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            {words.loadMore}
          </Button>
        )}
      </Stack>
    </>
  );
}

function StaleNotice({ stale }: Pick<CommitAnswer, 'stale'>) {
  if (stale === null) return null;
  return (
    <Alert color="yellow" title={words.stale}>
      <Text size="sm">{stale.message}</Text>
      {stale.asOf !== null && (
        <Text size="sm">
          {words.staleAsOf} <Time at={stale.asOf} />.
        </Text>
      )}
    </Alert>
  );
}

/** How many objects were added, changed, moved and removed, as one says it. */
function countsOf(objects: readonly ShownObject[]): string {
  return (['added', 'changed', 'moved', 'removed'] as const)
    .map((change) => ({
      change,
      count: objects.filter((object) => object.change === change).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ change, count }) => words.counts[change](count))
    .join(', ');
}
