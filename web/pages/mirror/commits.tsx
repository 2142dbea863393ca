import { Anchor, Code, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Card } from '../../parts/card.tsx';
import { PagedList } from '../../parts/paged-list.tsx';
import { Time } from '../../parts/time.tsx';
import { texts } from '../../texts/index.ts';
import { commitsQuery, type MirrorPath } from './mirror-queries.ts';

const words = texts.mirror;

/** The commits that Gitward sent, newest first. */
export function Commits({ path }: { path: MirrorPath }) {
  const query = useInfiniteQuery(commitsQuery(path));
  return (
    <Card title={words.commits}>
      <PagedList
        query={query}
        keyOf={({ batchId }) => batchId}
        empty={words.noCommits}
        label={words.commits}
      >
        {({ sha, subject, author, deliveredAt }) => (
          <>
            <Text size="sm" fw={500} lineClamp={2}>
              {deliveredAt === null ? (
                subject
              ) : (
                <Anchor
                  inherit
                  renderRoot={(props) => (
                    <Link
                      {...props}
                      to="/mirrors/$project/$branch/commits/$sha"
                      params={{ ...path, sha }}
                    />
                  )}
                >
                  {subject}
                </Anchor>
              )}
            </Text>
            <Text size="xs" c="dimmed" component="div">
              <Code>{sha.slice(0, 8)}</Code>
              {` ${author.name} · `}
              {deliveredAt !== null && <Time at={deliveredAt} />}
            </Text>
          </>
        )}
      </PagedList>
    </Card>
  );
}
