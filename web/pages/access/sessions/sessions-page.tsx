import { Badge, Group, SegmentedControl, Text } from '@mantine/core';
import { IconDeviceLaptop } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMay } from '../../../api/session.ts';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { PageHeader } from '../../../parts/page-header.tsx';
import { RowLink, RowList, type Column } from '../../../parts/row-list.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import { ListBody } from '../shared/list-body.tsx';
import { matching } from '../../../parts/matching.ts';
import { deviceName } from './device-name.ts';
import { SessionDialog } from './session-dialog.tsx';
import { sessionsQuery, type BrowserSession } from './sessions-queries.ts';
import { sessionsSearch } from './sessions-search.ts';

const route = getRouteApi('/signed-in/access/sessions');
const { sessions: words } = texts;

/** Where the caller is signed in and, for admins, everybody. */
export function SessionsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const isAdmin = useMay('admin');
  const all = isAdmin && search.show === 'all';
  const query = useQuery(sessionsQuery(all));
  const go = (changed: Record<string, unknown>, replace = false) =>
    void navigate({
      search: sessionsSearch({ ...search, ...changed }),
      replace,
      resetScroll: false,
    });
  const found = matching(query.data ?? [], search.text, (session) => [
    deviceName(session),
    session.address,
    session.caller.name,
    session.caller.email,
  ]);
  // This browser first, then whatever was used last.
  const shown = found.toSorted(
    (one, other) =>
      Number(other.isCurrent) - Number(one.isCurrent) ||
      other.lastUsedAt.localeCompare(one.lastUsedAt),
  );
  const views = [
    { value: 'own', label: words.shows.own },
    { value: 'all', label: words.shows.all },
  ];
  return (
    <>
      <PageHeader
        title={words.title}
        detail={all ? words.everybody : words.own}
        actions={
          isAdmin &&
          query.data?.length === 0 && (
            <SegmentedControl
              aria-label={words.title}
              value={all ? 'all' : 'own'}
              onChange={(show) => go({ show }, true)}
              data={views}
            />
          )
        }
      />
      <ListBody
        query={query}
        shown={shown}
        label={words.title}
        hint={words.filter}
        views={isAdmin ? views : []}
        show={all ? 'all' : 'own'}
        text={search.text}
        unfiltered={all ? 'all' : 'own'}
        go={go}
        empty={
          <EmptyState icon={<IconDeviceLaptop size={44} aria-hidden />} title={words.emptyTitle}>
            <Text c="dimmed">{words.empty}</Text>
          </EmptyState>
        }
      >
        <SessionList sessions={shown} withWho={all} />
      </ListBody>
      <SessionDialog sessions={query.data} search={search} go={go} />
    </>
  );
}

function SessionList({ sessions, withWho }: { sessions: BrowserSession[]; withWho: boolean }) {
  const search = route.useSearch();
  const who: Column<BrowserSession> = {
    name: words.columns.who,
    cell: ({ caller }) => caller.name,
  };
  return (
    <RowList
      label={words.title}
      items={sessions}
      keyOf={({ id }) => id}
      columns={[
        {
          name: words.columns.device,
          cell: (session) => (
            <>
              <Group gap="xs">
                <RowLink
                  to="/access/sessions"
                  search={sessionsSearch({ ...search, item: session.id })}
                  resetScroll={false}
                >
                  {deviceName(session)}
                </RowLink>
                {session.isCurrent && (
                  <Badge variant="default" tt="none">
                    {words.current}
                  </Badge>
                )}
              </Group>
              {session.address !== null && (
                <Text size="sm" c="dimmed">
                  {session.address}
                </Text>
              )}
            </>
          ),
        },
        ...(withWho ? [who] : []),
        { name: words.columns.method, cell: ({ method }) => words.methods[method] },
        { name: words.columns.used, cell: ({ lastUsedAt }) => <Time at={lastUsedAt} /> },
        { name: words.columns.expires, cell: ({ expiresAt }) => <Time at={expiresAt} /> },
      ]}
    />
  );
}
