import { Button, Group, NativeSelect, Skeleton, Stack } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Card } from '../../../parts/card.tsx';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { exactTime } from '../../../parts/relative-time.ts';
import { texts } from '../../../texts/index.ts';
import { Changes } from './changes.tsx';
import { diffQuery, versionQuery, versionsQuery, type EntryPath } from './history-queries.ts';
import type { HistorySearch } from './history-search.ts';

const { history: words, common } = texts;
const now = '';

/** What changed between two versions of an entry, and which two. */
export function ComparisonCard({
  path,
  from,
  to,
  go,
}: {
  path: EntryPath;
  from: string;
  to: string | undefined;
  go: (search: HistorySearch) => void;
}) {
  const versions = useInfiniteQuery(versionsQuery(path));
  const known = (versions.data?.pages ?? []).flatMap(({ items }) => items);
  const agos = Object.entries(words.agos).map(([value, label]) => ({ value, label }));
  const options = (value: string) => {
    const all = [
      ...agos,
      ...known.map(({ commit, at, author, subject }) => ({
        value: commit,
        label: words.version(exactTime(new Date(at)), author.name, subject),
      })),
    ];
    // A commit of an address may be on a later page, or none of the versions.
    const isKnown = value === now || all.some((one) => one.value === value);
    return isKnown ? all : [{ value, label: words.other(value) }, ...all];
  };
  return (
    <Card
      title={words.comparison}
      aside={
        <Button size="xs" variant="default" onClick={() => go({})}>
          {words.close}
        </Button>
      }
    >
      <Stack>
        <Group align="end">
          <NativeSelect
            label={words.from}
            value={from}
            flex="1 1 18rem"
            onChange={({ currentTarget }) =>
              go({ from: currentTarget.value, ...(to !== undefined && { to }) })
            }
            data={options(from)}
          />
          <NativeSelect
            label={words.to}
            value={to ?? now}
            flex="1 1 18rem"
            onChange={({ currentTarget: { value } }) =>
              go({ from, ...(value !== now && { to: value }) })
            }
            data={[{ value: now, label: words.now }, ...options(to ?? now)]}
          />
          {versions.hasNextPage && (
            <Button
              variant="default"
              loading={versions.isFetchingNextPage}
              onClick={() => void versions.fetchNextPage()}
            >
              {words.older}
            </Button>
          )}
        </Group>
        <Compared key={`${from} ${to}`} {...{ path, from, to }} />
      </Stack>
    </Card>
  );
}

function Compared({ path, from, to }: { path: EntryPath; from: string; to: string | undefined }) {
  const diff = useQuery(diffQuery(path, from, to));
  const sides = diff.data;
  const before = useSide(path, sides?.from);
  const after = useSide(path, sides?.to);
  const error = diff.error ?? before.error ?? after.error;
  if (error !== null) return <ProblemAlert error={error} onRetry={() => void diff.refetch()} />;
  if (before.data === undefined || after.data === undefined)
    return <Skeleton h={160} aria-busy aria-label={common.loading} />;
  return <Changes before={before.data} after={after.data} />;
}

/** The entry as one side of a comparison has it: `null` if it did not exist, `undefined` while it is not read. */
function useSide(path: EntryPath, side: { commit: string | null } | null | undefined) {
  const query = versionQuery(path, side?.commit ?? null);
  const { data, error } = useQuery({ ...query, enabled: side != null });
  return { data: side === null ? null : data, error: side == null ? null : error };
}
