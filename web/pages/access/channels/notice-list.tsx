import { Anchor, Badge, SegmentedControl, Stack, Text } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Card } from '../../../parts/card.tsx';
import { PagedRows } from '../../../parts/paged-rows.tsx';
import { streamPath } from '../../../parts/streams/stream-path.ts';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import { noticesQuery, type Notice } from './notices-query.ts';

const { channels: words } = texts;

/** Who was told of what, newest first; what could not be sent says why. */
export function NoticeList({
  waiting,
  onWaiting,
}: {
  waiting: boolean;
  onWaiting: (waiting: boolean) => void;
}) {
  const query = useInfiniteQuery({ ...noticesQuery(waiting), placeholderData: keepPreviousData });
  return (
    <Card
      title={words.told}
      aside={
        <SegmentedControl
          aria-label={words.told}
          value={waiting ? 'waiting' : 'all'}
          onChange={(value) => onWaiting(value === 'waiting')}
          data={[
            { value: 'all', label: words.shows.all },
            { value: 'waiting', label: words.shows.waiting },
          ]}
        />
      }
    >
      <PagedRows
        query={query}
        label={words.told}
        empty={<Text c="dimmed">{waiting ? words.allSent : words.nobody}</Text>}
        keyOf={({ kind, to, stream, createdAt }) => [kind, to, stream, createdAt].join(' ')}
        columns={[
          {
            name: words.noticeColumns.what,
            cell: ({ kind, createdAt }) => (
              <Stack gap={0}>
                {words.noticeKinds[kind]}
                <Text size="sm" c="dimmed">
                  <Time at={createdAt} />
                </Text>
              </Stack>
            ),
          },
          {
            name: words.noticeColumns.about,
            cell: ({ stream, code }) => (
              <Stack gap={0}>
                <Anchor
                  size="sm"
                  renderRoot={(props) => <Link {...props} to={streamPath(stream) ?? '/'} />}
                >
                  {stream}
                </Anchor>
                <Text size="sm" c="dimmed">
                  {code}
                </Text>
              </Stack>
            ),
          },
          {
            name: words.noticeColumns.to,
            cell: ({ to, channel }) => (to === 'log' && !channel ? words.log : to),
          },
          { name: words.noticeColumns.sent, cell: (notice) => <Sent notice={notice} /> },
        ]}
      />
    </Card>
  );
}

function Sent({ notice: { sentAt, lastError, covered, waiting, others } }: { notice: Notice }) {
  if (sentAt === null)
    return (
      <Stack gap={2} align="flex-start">
        <Badge color="red" variant="light" tt="none">
          {words.notSent}
        </Badge>
        <Text size="sm">{lastError ?? words.notTried}</Text>
        <Text size="sm" c="dimmed">
          {waiting ? words.triedAgain : words.dropped}
        </Text>
      </Stack>
    );
  return (
    <Stack gap={0}>
      <Time at={sentAt} />
      <Text size="sm" c="dimmed">
        {covered ? words.covered : words.with(others)}
      </Text>
    </Stack>
  );
}
