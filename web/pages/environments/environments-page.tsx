import { Alert, Anchor, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Card } from '../../parts/card.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Facts } from '../../parts/facts.tsx';
import { NewEntryOf } from '../../parts/knowledge/new-entry.tsx';
import { entryPath } from '../../parts/knowledge/paths.ts';
import { spaceQuery } from '../../parts/knowledge/space-queries.ts';
import { PageHeader } from '../../parts/page-header.tsx';
import { PageProblem } from '../../parts/page-problem.tsx';
import { texts } from '../../texts/index.ts';
import { EnvironmentActions } from './environment-actions.tsx';
import { EnvironmentBadges } from './environment-badges.tsx';
import {
  environmentsQuery,
  isLatest,
  type Environment,
  type Moved,
} from './environment-queries.ts';
import classes from './environments.module.css';
import { LastChanged } from './last-changed.tsx';
import { MovedNote } from './move-parts.tsx';
import { pointsAt, shortCommit } from './points-at.ts';

const route = getRouteApi('/signed-in/spaces/$space/environments');
const { environments: words } = texts;
/** So many entries with a commit of their own are listed. */
const mostOwn = 20;

/** The environments of a space: where each points, who moved it last, and moving all of it. */
export function EnvironmentsPage() {
  const { space } = route.useParams();
  const { data: of } = useQuery(spaceQuery(space));
  const { data, error, refetch } = useQuery(environmentsQuery(space));
  const [moved, setMoved] = useState<Moved | null>(null);
  if (data === undefined) return <PageProblem error={error} onRetry={() => void refetch()} />;
  const kind = of?.kinds.find(({ name }) => name === 'environment');
  const named = data.items.filter((one) => !isLatest(one));
  return (
    <>
      <PageHeader
        title={words.title}
        detail={words.detail}
        actions={kind && <NewEntryOf space={space} kind={kind} />}
      />
      <Stack>
        <MovedNote space={space} moved={moved} />
        {named.length === 0 && <EmptyState title={words.none}>{words.noneHint}</EmptyState>}
        <ul className={classes.list} aria-label={words.title}>
          {named.map((one) => (
            <li key={one.name}>
              <Shown space={space} environment={one} onMoved={setMoved} />
            </li>
          ))}
        </ul>
      </Stack>
    </>
  );
}

function Shown({
  space,
  environment,
  onMoved,
}: {
  space: string;
  environment: Environment;
  onMoved: (moved: Moved) => void;
}) {
  const { name, title, problems, entries, experiments } = environment;
  const own = Object.entries(entries);
  return (
    <Card title={name} aside={<EnvironmentBadges environment={environment} />}>
      <Stack gap="sm">
        {problems.length > 0 && (
          <Alert color="red" title={words.broken}>
            {problems.map(({ pointer, message }) => (
              <Text key={pointer} size="sm">{`${pointer.slice(1)} ${message}`}</Text>
            ))}
          </Alert>
        )}
        <Facts
          facts={[
            [words.file, <EntryLink key="file" space={space} entry={name} text={title} />],
            [words.pointsAt, pointsAt(environment)],
            [words.changed, <LastChanged key="changed" environment={environment} />],
            [
              words.ownTitle,
              own.length === 0 ? null : (
                <ul key="own" className={classes.own}>
                  {own.slice(0, mostOwn).map(([entry, commit]) => (
                    <li key={entry}>
                      <EntryLink space={space} entry={entry} text={entry} isCompared />
                      {` ${words.ownAt(shortCommit(commit))}`}
                    </li>
                  ))}
                  {own.length > mostOwn && <li>{words.andMore(own.length - mostOwn)}</li>}
                </ul>
              ),
            ],
            [
              words.experimentsIn,
              Object.keys(experiments).length === 0 ? null : (
                <Group key="experiments" gap="xs">
                  {Object.keys(experiments).map((entry) => (
                    <EntryLink key={entry} space={space} entry={entry} text={entry} isCompared />
                  ))}
                </Group>
              ),
            ],
          ]}
        />
        <EnvironmentActions {...{ space, environment, onMoved }} entry={null} />
      </Stack>
    </Card>
  );
}

function EntryLink({
  space,
  entry,
  text,
  isCompared = false,
}: {
  space: string;
  entry: string;
  text: string;
  /** Whether its page shows it by environment. */
  isCompared?: boolean;
}) {
  const search = isCompared ? { tab: 'environments' } : {};
  return (
    <Anchor
      inherit
      underline="always"
      renderRoot={(root) => (
        <Link {...root} to={entryPath(space, entry)} search={search as never} />
      )}
    >
      {text}
    </Anchor>
  );
}
