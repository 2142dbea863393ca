import { Button, Group, NativeSelect, Stack } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Card } from '../../../parts/card.tsx';
import { exactTime } from '../../../parts/relative-time.ts';
import type { ObjectSearch } from '../../../parts/streams/object-search-of.ts';
import { texts } from '../../../texts/index.ts';
import type { MirrorPath } from '../mirror-queries.ts';
import { versionsQuery } from './contents-queries.ts';
import { Differences } from './differences.tsx';

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
