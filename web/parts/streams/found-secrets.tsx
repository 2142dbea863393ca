import { Badge, Code, Group, Text } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ItemOf } from '../../api/types.ts';
import { texts } from '../../texts/index.ts';
import { Card } from '../card.tsx';
import { PagedList } from '../paged-list.tsx';
import { Time } from '../time.tsx';

const words = texts.stream.secrets;

type Finding = ItemOf<'/v1/projects/{project}/mirrors/{branch}/secrets'>;

/** Where in the files of a stream secrets were recognised, and what to do about them; nothing if there are none. */
export function FoundSecrets({
  query,
  advice,
}: {
  query: UseInfiniteQueryResult<InfiniteData<{ items: Finding[] }>>;
  advice: string;
}) {
  const isNothing = (query.data?.pages[0]?.items.length ?? 0) === 0;
  if (isNothing && query.error === null) return null;
  return (
    <Card title={words.title}>
      <Text size="sm" mb="sm">
        {advice}
      </Text>
      <PagedList
        query={query}
        keyOf={({ path, line, column }) => `${path} ${line} ${column}`}
        empty=""
        label={words.title}
      >
        {({ path, line, rule, masked, fingerprint, since }) => (
          <>
            <Group gap="xs" justify="space-between" wrap="nowrap" align="start">
              <Text size="sm">{words.at(path, line)}</Text>
              <Badge variant="light" color={masked ? 'teal' : 'orange'} flex="none">
                {masked ? words.masked : words.inGit}
              </Badge>
            </Group>
            <Text size="xs" c="dimmed" component="div">
              {`${rule} · `}
              <Time at={since} />
              {' · '}
              <Code fz="xs">{fingerprint}</Code>
            </Text>
          </>
        )}
      </PagedList>
    </Card>
  );
}
