import { Button, Group, NativeSelect, Skeleton, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { Card } from '../../../parts/card.tsx';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { exactTime } from '../../../parts/relative-time.ts';
import type { ObjectSearch } from '../../../parts/streams/object-search-of.ts';
import { texts } from '../../../texts/index.ts';
import { ObjectGroupCard } from '../commit/object-group.tsx';
import { objectGroups } from '../commit/object-groups.ts';
import { shownObjects } from '../commit/shown-files.ts';
import type { MirrorPath } from '../mirror-queries.ts';
import { comparisonQuery, versionsQuery } from './contents-queries.ts';

const route = getRouteApi('/signed-in/mirrors/$project/$branch/object');
const { contents: words } = texts;

/** What differs between two versions of an object, and which two. `from`, `to`: commits. */
export function Comparison({
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
  const navigate = route.useNavigate();
  const versions = useInfiniteQuery(versionsQuery(path, object));
  const known = (versions.data?.pages ?? []).flatMap(({ items }) => items);
  const select = (label: string, name: 'from' | 'to', value: string) => (
    <NativeSelect
      label={label}
      value={value}
      flex="1 1 18rem"
      onChange={({ currentTarget }) =>
        void navigate({
          search: { ...object, from, to, [name]: currentTarget.value },
          replace: true,
          resetScroll: false,
        })
      }
      data={[
        // A commit of an address may be on a later page, or none of the versions.
        ...(known.some(({ commit }) => commit === value)
          ? []
          : [{ value, label: words.otherVersion(value) }]),
        ...known.map(({ commit, authoredAt, author, subject }) => ({
          value: commit,
          label: words.version(exactTime(new Date(authoredAt)), author.name, subject),
        })),
      ]}
    />
  );
  return (
    <Card
      title={words.comparison}
      aside={
        <Button
          size="xs"
          variant="default"
          renderRoot={(props) => (
            <Link
              to="/mirrors/$project/$branch/object"
              params={{ ...path }}
              search={object}
              resetScroll={false}
              {...props}
            />
          )}
        >
          {words.closeComparison}
        </Button>
      }
    >
      <Stack>
        <Group align="end">
          {select(words.comparedFrom, 'from', from)}
          {select(words.comparedTo, 'to', to)}
          {versions.hasNextPage && (
            <Button
              variant="default"
              loading={versions.isFetchingNextPage}
              onClick={() => void versions.fetchNextPage()}
            >
              {words.olderVersions}
            </Button>
          )}
        </Group>
        <Differences key={`${from} ${to}`} {...{ path, object, from, to }} />
      </Stack>
    </Card>
  );
}

function Differences({
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
