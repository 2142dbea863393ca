import { Alert, List, SimpleGrid, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { api, dataOf } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useMay } from '../../api/session.ts';
import type { Space } from '../../api/types.ts';
import { Card } from '../../parts/card.tsx';
import { Facts } from '../../parts/facts.tsx';
import { OutageAlert } from '../../parts/streams/outage-alert.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { PageProblem } from '../../parts/page-problem.tsx';
import { PagedList } from '../../parts/paged-list.tsx';
import { repositoryFacts } from '../../parts/streams/repository-facts.tsx';
import { StateBadge } from '../../parts/streams/state-badge.tsx';
import { StreamActions, type StreamAction } from '../../parts/streams/stream-actions.tsx';
import { Time } from '../../parts/time.tsx';
import { texts } from '../../texts/index.ts';
import { changesQuery, spaceQuery } from './space-queries.ts';

const route = getRouteApi('/signed-in/spaces/$space');
const words = texts.space;

/** A knowledge space: how it is, what waits, what it contains, and what an operator can do. */
export function SpacePage() {
  const { space: id } = route.useParams();
  const client = useQueryClient();
  useLive(`space/${id}`, (event, data) => {
    const { queryKey } = spaceQuery(id);
    if (event === 'gone') return void client.invalidateQueries({ queryKey });
    const before = client.getQueryData(queryKey);
    const now = data as Space;
    client.setQueryData(queryKey, now);
    if (before?.syncedCommit !== now.syncedCommit) void client.invalidateQueries(changesQuery(id));
  });
  const { data: space, error, refetch } = useQuery(spaceQuery(id));
  if (space === undefined) return <PageProblem error={error} onRetry={() => void refetch()} />;
  return <SpaceView space={space} />;
}

function SpaceView({ space }: { space: Space }) {
  const mayOperate = useMay('operator');
  const client = useQueryClient();
  const act = async (action: StreamAction) => {
    const params = { path: { space: space.id } };
    const now = await dataOf(api.POST(`/v1/spaces/{space}/actions/${action}`, { params }));
    client.setQueryData(spaceQuery(space.id).queryKey, now);
  };
  return (
    <>
      <PageHeader
        title={space.name}
        badge={<StateBadge state={space.state} />}
        detail={`${words.kind} ${space.id}`}
        actions={mayOperate && <StreamActions state={space.state} name={space.name} act={act} />}
      />
      <Stack>
        {space.outage !== null && <OutageAlert outage={space.outage} />}
        {space.heldKinds !== null && <Alert color="yellow">{words.heldKinds}</Alert>}
        {space.heldRules !== null && <Alert color="yellow">{words.heldRules}</Alert>}
        <Problems problems={space.problems} />
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <Stack>
            <Glance space={space} />
            <Changes id={space.id} />
          </Stack>
          <SpaceSettings space={space} />
        </SimpleGrid>
      </Stack>
    </>
  );
}

function Glance({
  space: { waitingSaves, openConflicts, entries, lastSyncedAt },
}: {
  space: Space;
}) {
  const kinds = Object.entries(entries);
  return (
    <Card title={words.atAGlance}>
      <Text size="sm">{waitingSaves === 0 ? words.nothingWaits : words.waiting(waitingSaves)}</Text>
      <Text size="sm" mb="xs">
        {openConflicts === 0 ? words.noConflicts : words.conflicts(openConflicts)}
      </Text>
      {kinds.length === 0 ? (
        <Text size="sm" c="dimmed">
          {words.noEntries}
        </Text>
      ) : (
        <Facts facts={kinds.map(([kind, count]) => [kind, count.toLocaleString('en')])} />
      )}
      {lastSyncedAt !== null && (
        <Text size="xs" c="dimmed" mt="xs" component="div">
          {words.read} <Time at={lastSyncedAt} />
        </Text>
      )}
    </Card>
  );
}

function Changes({ id }: { id: string }) {
  const query = useInfiniteQuery(changesQuery(id));
  return (
    <Card title={words.changes}>
      <PagedList
        query={query}
        keyOf={({ commit, entryId }) => `${commit} ${entryId}`}
        empty={words.noChanges}
        label={words.changes}
      >
        {({ entryId, kind, author, at, subject }) => (
          <>
            <Text size="sm" fw={500} lineClamp={1}>
              {entryId}
            </Text>
            <Text size="sm" lineClamp={2}>
              {subject}
            </Text>
            <Text size="xs" c="dimmed" component="div">
              {`${kind} · ${author.name} · `}
              <Time at={at} />
            </Text>
          </>
        )}
      </PagedList>
    </Card>
  );
}

function Problems({ problems: { count, first } }: { problems: Space['problems'] }) {
  if (count === 0) return null;
  const shown = first.slice(0, 10);
  return (
    <Alert color="yellow" title={words.problems}>
      <List size="sm">
        {shown.map(({ path, message }) => (
          <List.Item key={path}>{`${path}: ${message}`}</List.Item>
        ))}
      </List>
      {count > shown.length && <Text size="sm">{words.problemsMore(count - shown.length)}</Text>}
    </Alert>
  );
}

function SpaceSettings({ space }: { space: Space }) {
  const { rules } = space;
  return (
    <Card title={texts.stream.settings}>
      <Facts
        facts={[
          ...repositoryFacts(space.repository, space.root, space.visibility),
          [words.publicKinds, rules.publicKinds.join(', ')],
          [words.index, rules.index ? words.indexOn : words.indexOff],
          [texts.stream.notify, rules.notify.emails.join(', ')],
          [texts.stream.created, <Time key="created" at={space.createdAt} />],
        ]}
      />
    </Card>
  );
}
