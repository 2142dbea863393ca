import { Button, Skeleton, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import type { ObjectSearch } from '../../../parts/streams/object-search-of.ts';
import { texts } from '../../../texts/index.ts';
import { preloadDiff } from '../../../parts/diff/lazy-diff.tsx';
import { ObjectGroupCard } from '../commit/object-group.tsx';
import { objectGroups } from '../commit/object-groups.ts';
import { shownObjects } from '../commit/shown-files.ts';
import type { MirrorPath } from '../mirror-queries.ts';
import { comparisonQuery } from './contents-queries.ts';

preloadDiff();

const { contents: words } = texts;

/** What differs of an object between two commits. */
export function Differences({
  path,
  object,
  from,
  to,
}: {
  path: MirrorPath;
  object: ObjectSearch;
  from: string;
  to: string;
}) {
  const query = useInfiniteQuery(comparisonQuery(path, object, from, to));
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = query;
  const groups = useMemo(
    () => objectGroups((data?.pages ?? []).flatMap(({ items }) => shownObjects(items))),
    [data],
  );
  if (data === undefined)
    return error === null ? (
      <Skeleton h={120} aria-busy aria-label={texts.common.loading} />
    ) : (
      <ProblemAlert error={error} onRetry={() => void refetch()} />
    );
  return (
    <>
      {groups.length === 0 && <Text size="sm">{words.noDifference}</Text>}
      {groups.map((group) => (
        <ObjectGroupCard key={group.key} path={{ ...path, sha: to }} parent={from} group={group} />
      ))}
      {error !== null && <ProblemAlert error={error} onRetry={() => void fetchNextPage()} />}
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {texts.commit.loadMore}
        </Button>
      )}
    </>
  );
}
