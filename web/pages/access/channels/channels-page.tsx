import { Badge, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconBell, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMay } from '../../../api/session.ts';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { PageHeader } from '../../../parts/page-header.tsx';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { RowLink, RowList } from '../../../parts/row-list.tsx';
import { channelsQuery, type Channel } from '../../../parts/streams/channels-query.ts';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import { ForRole } from '../shared/for-role.tsx';
import { byName } from '../shared/list-search.ts';
import { ChannelDialog } from './channel-dialog.tsx';
import { channelsSearch } from './channels-search.ts';
import { NoticeList } from './notice-list.tsx';
import { noticesQuery } from './notices-query.ts';

const route = getRouteApi('/signed-in/access/notices');
const { channels: words, common } = texts;

/** Where notices go, and who was told of what. */
export function ChannelsPage() {
  return (
    <ForRole role="operator">
      <Channels />
    </ForRole>
  );
}

function Channels() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const isAdmin = useMay('admin');
  const { data, error, refetch } = useQuery(channelsQuery);
  const go = (changed: Record<string, unknown>, replace = false) =>
    void navigate({
      search: channelsSearch({ ...search, ...changed }),
      replace,
      resetScroll: false,
    });
  const add = isAdmin && (
    <Button
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => go({ open: 'new', item: undefined })}
    >
      {words.add}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={words.title}
        detail={words.detail}
        actions={data !== undefined && data.length > 0 && add}
      />
      <Stack gap="xl">
        {data === undefined && error === null && (
          <Stack aria-busy aria-label={common.loading}>
            {[1, 2, 3].map((row) => (
              <Skeleton key={row} h={44} />
            ))}
          </Stack>
        )}
        {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
        {data?.length === 0 && (
          <EmptyState icon={<IconBell size={44} aria-hidden />} title={words.emptyTitle}>
            <Text c="dimmed">{isAdmin ? words.empty : words.emptyOther}</Text>
            {add}
          </EmptyState>
        )}
        {data !== undefined && data.length > 0 && <ChannelList channels={byName(data)} />}
        <NoticeList
          waiting={search.show === 'waiting'}
          onWaiting={(isWaiting) => go({ show: isWaiting ? 'waiting' : undefined }, true)}
        />
      </Stack>
      <ChannelDialog channels={data} search={search} go={go} />
    </>
  );
}

function ChannelList({ channels }: { channels: Channel[] }) {
  const search = route.useSearch();
  const { data: notices } = useInfiniteQuery(noticesQuery(false));
  const lastTo = (name: string) =>
    notices?.pages.flatMap(({ items }) => items).find(({ channel, to }) => channel && to === name);
  return (
    <RowList
      label={words.list}
      items={channels}
      keyOf={({ id }) => id}
      columns={[
        {
          name: words.columns.name,
          cell: ({ id, name, default: isDefault }) => (
            <Group gap="xs">
              <RowLink
                to="/access/notices"
                search={channelsSearch({ ...search, item: id })}
                resetScroll={false}
              >
                {name}
              </RowLink>
              {isDefault && (
                <Badge variant="light" color="gray" tt="none">
                  {words.isDefault}
                </Badge>
              )}
            </Group>
          ),
        },
        { name: words.columns.kind, cell: ({ kind }) => words.kinds[kind] },
        { name: words.columns.leadsTo, cell: ({ leadsTo }) => leadsTo ?? words.hidden },
        {
          name: words.columns.last,
          cell: ({ name }) => {
            const last = lastTo(name);
            if (last === undefined) return words.never;
            if (last.sentAt !== null) return <Time at={last.sentAt} />;
            return (
              <Badge color="red" variant="light" tt="none">
                {words.notSent}
              </Badge>
            );
          },
        },
      ]}
    />
  );
}
