import { Group, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Card } from '../../parts/card.tsx';
import { PagedList } from '../../parts/paged-list.tsx';
import { Time } from '../../parts/time.tsx';
import { texts } from '../../texts/index.ts';
import { waitingQuery, type MirrorPath } from './mirror-queries.ts';

const words = texts.mirror;

/** The changes that were accepted and are not in Git yet. */
export function WaitingChanges({ path }: { path: MirrorPath }) {
  const query = useInfiniteQuery(waitingQuery(path));
  return (
    <Card title={words.waiting}>
      <PagedList
        query={query}
        keyOf={({ sequence }) => sequence}
        empty={words.nothingWaits}
        label={words.waiting}
      >
        {({ type, componentId, configId, description, author, occurredAt }) => (
          <>
            <Text size="sm" fw={500} lineClamp={2}>
              {description ?? [componentId, configId].filter(Boolean).join(' / ')}
            </Text>
            <Group gap="xs">
              <Text size="xs" c="dimmed" component="div">
                {words.changeTypes[type]}
                {author !== null && ` · ${author}`}
                {' · '}
                <Time at={occurredAt} />
              </Text>
            </Group>
          </>
        )}
      </PagedList>
    </Card>
  );
}
