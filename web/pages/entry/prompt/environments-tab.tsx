import { Badge, Button, Skeleton, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { Card } from '../../../parts/card.tsx';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { RowList } from '../../../parts/row-list.tsx';
import badge from '../../../parts/streams/state-badge.module.css';
import { PlainTime } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import { EnvironmentActions } from '../../environments/environment-actions.tsx';
import { EnvironmentBadges } from '../../environments/environment-badges.tsx';
import {
  entryInQuery,
  environmentsQuery,
  isLatest,
  latest,
  type Environment,
  type Moved,
} from '../../environments/environment-queries.ts';
import { LastChanged } from '../../environments/last-changed.tsx';
import { MovedNote } from '../../environments/move-parts.tsx';
import { pointsAt, shortCommit } from '../../environments/points-at.ts';
import { versionsQuery, type EntryPath } from '../history/history-queries.ts';
import { CompareCard } from './compare-card.tsx';
import { Experiments } from './experiments.tsx';
import { ScoresCard } from './scores-card.tsx';

const { environments: words, common } = texts;

/** Which version of a prompt each environment gives, two of them compared, and how they do. */
export function EnvironmentsTab({
  path,
  from,
  to = latest,
  go,
}: {
  path: EntryPath;
  from: string | undefined;
  to: string | undefined;
  /** Changes the address. */
  go: (sides: { from: string; to: string }) => void;
}) {
  const { data, error, refetch } = useQuery(environmentsQuery(path.space));
  const [moved, setMoved] = useState<Moved | null>(null);
  if (error !== null) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton h={160} aria-busy aria-label={common.loading} />;
  const named = data.items.filter((one) => !isLatest(one));
  const before = from ?? named[0]?.name;
  return (
    <Stack>
      <MovedNote space={path.space} moved={moved} />
      {named.length === 0 ? (
        <EmptyState title={words.none}>{words.noneHint}</EmptyState>
      ) : (
        <Card title={words.title}>
          <RowList
            label={words.title}
            items={named}
            keyOf={({ name }) => name}
            columns={[
              { name: words.name, cell: (one) => <Name environment={one} /> },
              { name: words.gives, cell: ({ name }) => <Gives path={path} env={name} /> },
              { name: words.changed, cell: (one) => <LastChanged environment={one} /> },
              {
                name: words.actions,
                cell: (environment) => (
                  <Stack gap={6} align="flex-start">
                    <Button
                      size="xs"
                      variant="default"
                      onClick={() => go({ from: environment.name, to: latest })}
                    >
                      {words.compareWithNow}
                    </Button>
                    <EnvironmentActions
                      {...{ space: path.space, environment, entry: path.entry, onMoved: setMoved }}
                    />
                  </Stack>
                ),
              },
            ]}
          />
        </Card>
      )}
      <Experiments path={path} environments={named} />
      {before !== undefined && (
        <CompareCard {...{ path, environments: data.items, from: before, to, go }} />
      )}
      <ScoresCard path={path} />
    </Stack>
  );
}

function Name({ environment }: { environment: Environment }) {
  return (
    <Stack gap={4} align="flex-start">
      <Text size="sm" fw={600}>
        {environment.name}
      </Text>
      <EnvironmentBadges environment={environment} />
      <Text size="xs" c="dimmed">
        {pointsAt(environment)}
      </Text>
    </Stack>
  );
}

/** The version of a prompt that an environment gives, and whether it is the one of now. */
function Gives({ path, env }: { path: EntryPath; env: string }) {
  const there = useQuery(entryInQuery(path.space, path.entry, env));
  const now = useQuery(entryInQuery(path.space, path.entry, latest));
  const versions = useInfiniteQuery(versionsQuery(path));
  if (there.error !== null)
    return (
      <Text size="sm" c="red">
        {there.error.message}
      </Text>
    );
  if (there.data === undefined) return <Skeleton h={18} aria-busy aria-label={common.loading} />;
  if (there.data === null) return <Text size="sm">{words.notThere}</Text>;
  const { commit, blob } = there.data;
  const known = (versions.data?.pages ?? [])
    .flatMap(({ items }) => items)
    .find((one) => one.commit === commit);
  const isSame = blob === now.data?.blob;
  return (
    <Stack gap={4} align="flex-start">
      {known === undefined ? (
        <Text size="sm">
          {commit === null ? words.unsaved : words.versionOf(shortCommit(commit))}
        </Text>
      ) : (
        <Text size="sm" component="div">
          {words.versionBy(known.subject, known.author.name)}
          {', '}
          <PlainTime at={known.at} />
        </Text>
      )}
      {now.data !== undefined && (
        <Badge
          variant="light"
          radius="sm"
          tt="none"
          color={isSame ? 'teal' : 'orange'}
          classNames={{ root: badge.badge, label: badge.label }}
        >
          {isSame ? words.sameAsNow : words.notAsNow}
        </Badge>
      )}
    </Stack>
  );
}
