import { Alert, Anchor, Button, List, Stack, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Space } from '../../../api/types.ts';
import { NewEntry } from '../../../parts/knowledge/new-entry.tsx';
import { spacePath } from '../../../parts/knowledge/paths.ts';
import { useRights } from '../../../parts/knowledge/rights.ts';
import { foundSecretsQuery, spaceQuery } from '../../../parts/knowledge/space-queries.ts';
import { PageHeader } from '../../../parts/page-header.tsx';
import { PageProblem } from '../../../parts/page-problem.tsx';
import { FoundSecrets } from '../../../parts/streams/found-secrets.tsx';
import { StateBadge } from '../../../parts/streams/state-badge.tsx';
import { StreamActions } from '../../../parts/streams/stream-actions.tsx';
import { texts } from '../../../texts/index.ts';
import { Operations } from '../operations/operations.tsx';
import { actOnSpace } from '../stream-action.ts';
import classes from './home.module.css';
import { KindsCard } from './kinds-card.tsx';
import { Needs } from './needs.tsx';
import { RecentChanges } from './recent-changes.tsx';
import { Stands } from './stands.tsx';

const route = getRouteApi('/signed-in/spaces/$space');
const { space: words } = texts;

/** The home of a space: what needs one, what has changed, and how it stands. */
export function SpaceHomePage() {
  const { space: id } = route.useParams();
  const { data: space, error, refetch } = useQuery(spaceQuery(id));
  if (space === undefined) return <PageProblem error={error} onRetry={() => void refetch()} />;
  return <SpaceHome space={space} />;
}

function SpaceHome({ space }: { space: Space }) {
  const client = useQueryClient();
  const { may } = useRights(space.id);
  return (
    <>
      <PageHeader
        title={space.name}
        badge={<StateBadge state={space.state} />}
        detail={words.kind}
        actions={
          <>
            {may('operator') && (
              <StreamActions
                state={space.state}
                name={space.name}
                act={(action) => actOnSpace(client, space.id, action)}
                isSecondary
              />
            )}
            <NewEntry space={space} />
          </>
        }
      />
      <Stack>
        <SearchBox space={space.id} />
        <Waiting space={space} />
        <div className={classes.columns}>
          <Stack>
            <Needs space={space} />
            <RecentChanges space={space.id} />
          </Stack>
          <Stack>
            <KindsCard space={space} />
            <Stands space={space} />
            <Secrets space={space.id} />
            <Operations space={space} />
          </Stack>
        </div>
      </Stack>
    </>
  );
}

function Secrets({ space }: { space: string }) {
  const query = useInfiniteQuery(foundSecretsQuery(space));
  return <FoundSecrets query={query} advice={texts.stream.secrets.ofSpace} />;
}

/** Finds entries of all kinds. */
function SearchBox({ space }: { space: string }) {
  const navigate = useNavigate();
  const [text, setText] = useState('');
  return (
    <search aria-label={words.search}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const q = text.trim();
          void navigate({
            to: spacePath(space, 'entries'),
            search: (q === '' ? {} : { q }) as never,
          });
        }}
      >
        <TextInput
          type="search"
          size="md"
          aria-label={words.search}
          placeholder={words.searchHint}
          leftSection={<IconSearch size={18} aria-hidden />}
          rightSectionWidth="auto"
          rightSection={
            <Button type="submit" variant="subtle" size="compact-sm" mr="xs">
              {words.searchButton}
            </Button>
          }
          value={text}
          maxLength={500}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </form>
    </search>
  );
}

/** What in the repository cannot be used, or waits for an admin; the settings have all of it. */
function Waiting({ space: { id, problems, heldKinds, heldRules } }: { space: Space }) {
  const shown = problems.first.slice(0, 3);
  // On the ground of a notice, the colour of links is too light.
  const settings = (
    <Anchor
      inherit
      underline="always"
      c="var(--mantine-color-text)"
      renderRoot={(root) => <Link {...root} to={spacePath(id, 'settings')} />}
    >
      {words.look}
    </Anchor>
  );
  return (
    <>
      {heldKinds !== null && (
        <Alert color="yellow">
          {words.heldKinds} {settings}
        </Alert>
      )}
      {heldRules !== null && (
        <Alert color="yellow">
          {words.heldRules} {settings}
        </Alert>
      )}
      {problems.count > 0 && (
        <Alert color="yellow" title={words.problems}>
          <List size="sm" mb="xs">
            {shown.map(({ path, message }) => (
              <List.Item key={`${path} ${message}`}>{`${path}: ${message}`}</List.Item>
            ))}
          </List>
          <Text size="sm">
            {problems.count > shown.length &&
              `${words.problemsMore(problems.count - shown.length)} `}
            {settings}
          </Text>
        </Alert>
      )}
    </>
  );
}
