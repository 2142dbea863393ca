import { Anchor, Badge, Group, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Card } from '../../../parts/card.tsx';
import { PagedList } from '../../../parts/paged-list.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import type { MirrorPath } from '../mirror-queries.ts';
import type { ObjectSearch } from '../../../parts/streams/object-search-of.ts';
import { versionsQuery } from './contents-queries.ts';

const { contents: words } = texts;

/** The commits that changed an object: who, when, and what was done to it. */
export function Versions({ path, object }: { path: MirrorPath; object: ObjectSearch }) {
  const query = useInfiniteQuery(versionsQuery(path, object));
  const commits = (query.data?.pages ?? []).flatMap(({ items }) => items).map((one) => one.commit);
  const [newest] = commits;
  return (
    <Card title={words.history}>
      <PagedList
        query={query}
        keyOf={({ commit }) => commit}
        empty={words.noHistory}
        label={words.history}
      >
        {({ commit, subject, author, authoredAt, change, previousPath }) => (
          <>
            <Group gap="xs" wrap="nowrap" align="flex-start" justify="space-between">
              <Anchor
                size="sm"
                fw={500}
                lineClamp={2}
                renderRoot={(props) => (
                  <Link
                    to="/mirrors/$project/$branch/commits/$sha"
                    params={{ ...path, sha: commit }}
                    {...props}
                  />
                )}
              >
                {subject}
              </Anchor>
              <Badge variant="light" color={colors[change]} tt="none" flex="0 0 auto">
                {words.changes[change]}
              </Badge>
            </Group>
            <Text size="xs" c="dimmed" component="div">
              {`${author.name} · `}
              <Time at={authoredAt} />
              {change === 'moved' && previousPath !== null && ` · ${previousPath}`}
            </Text>
            <Group gap="md">
              <CompareLink
                {...{ path, object }}
                from={commits[commits.indexOf(commit) + 1]}
                to={commit}
                label={words.whatChanged}
              />
              {commit !== newest && (
                <CompareLink
                  {...{ path, object }}
                  from={commit}
                  to={newest}
                  label={words.compareWithNow}
                />
              )}
            </Group>
          </>
        )}
      </PagedList>
    </Card>
  );
}

const colors = { added: 'green', changed: 'blue', removed: 'red', moved: 'gray' };

/** Leads to two versions compared; nothing if one of them is not there, or not known yet. */
function CompareLink({
  path,
  object,
  from,
  to,
  label,
}: {
  path: MirrorPath;
  object: ObjectSearch;
  from: string | undefined;
  to: string | undefined;
  label: string;
}) {
  if (from === undefined || to === undefined) return null;
  return (
    <Anchor
      size="xs"
      renderRoot={(props) => (
        <Link
          to="/mirrors/$project/$branch/object"
          params={{ ...path }}
          search={{ ...object, from, to }}
          {...props}
        />
      )}
    >
      {label}
    </Anchor>
  );
}
