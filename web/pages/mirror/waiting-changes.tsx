import { Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ItemOf } from '../../api/types.ts';
import { Card } from '../../parts/card.tsx';
import { PagedList } from '../../parts/paged-list.tsx';
import { Time } from '../../parts/time.tsx';
import { texts } from '../../texts/index.ts';
import { waitingQuery, type MirrorPath } from './mirror-queries.ts';

const words = texts.mirror;

type Change = ItemOf<'/v1/projects/{project}/mirrors/{branch}/changes'>;

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
        {(change) => (
          <>
            <Text size="sm" fw={500} lineClamp={2}>
              {whatChanged(change)}
            </Text>
            {change.description !== null && (
              <Text size="sm" lineClamp={2}>
                {change.description}
              </Text>
            )}
            <Text size="xs" c="dimmed" component="div">
              {words.changeTypes[change.type]}
              {change.author !== null && ` · ${change.author}`}
              {' · '}
              <Time at={change.occurredAt} />
            </Text>
          </>
        )}
      </PagedList>
    </Card>
  );
}

/** What a change is of, by its name where the repository has one already. */
function whatChanged(change: Change): string {
  const { type, componentId, configId, configurationName, componentName } = change;
  const parts = [componentName ?? componentId, configurationName ?? configId];
  return parts.filter((part) => part !== null).join(' / ') || words.changeTypes[type];
}
