import { Button, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { PageProblem } from '../../../parts/page-problem.tsx';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { texts } from '../../../texts/index.ts';
import { MirrorHeader } from '../mirror-header.tsx';
import { StaleNotice } from '../stale-notice.tsx';
import { CommitFacts } from './commit-facts.tsx';
import { commitQuery } from './commit-queries.ts';
import { preloadDiff } from '../../../parts/diff/lazy-diff.tsx';
import { ObjectGroupCard } from './object-group.tsx';
import { objectGroups } from './object-groups.ts';
import { shownObjects, type ShownObject } from './shown-files.ts';

preloadDiff();

const route = getRouteApi('/signed-in/mirrors/$project/$branch/commits/$sha');
const words = texts.commit;

/** A commit of a mirror: who changed what and when, and exactly what. */
export function CommitPage() {
  const path = route.useParams();
  const { project, branch } = path;
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
      <MirrorHeader
        path={{ project, branch }}
        title={first.subject === '' ? words.noSubject : first.subject}
      />
      <StaleNotice stale={first.stale} />
      <Stack key={path.sha}>
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
