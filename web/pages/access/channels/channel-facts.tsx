import { Button, Group, Stack } from '@mantine/core';
import { IconPencil, IconSend, IconTrash } from '@tabler/icons-react';
import { Facts } from '../../../parts/facts.tsx';
import { Time } from '../../../parts/time.tsx';
import type { Channel } from '../../../parts/streams/channels-query.ts';
import { texts } from '../../../texts/index.ts';

const { channels: words } = texts;

/** What is known about a channel, and what can be done. */
export function ChannelFacts({
  channel: { kind, leadsTo, default: isDefault, createdAt, changedAt },
  isAdmin,
  onOpen,
}: {
  channel: Channel;
  isAdmin: boolean;
  onOpen: (what: 'test' | 'change' | 'remove') => void;
}) {
  return (
    <Stack>
      <Facts
        facts={[
          [words.kind, words.kinds[kind]],
          [words.columns.leadsTo, leadsTo ?? words.hidden],
          [words.isDefault, isDefault ? words.default : null],
          [words.created, <Time key="created" at={createdAt} />],
          [words.changed, changedAt && <Time key="changed" at={changedAt} />],
        ]}
      />
      {isAdmin && (
        <Group>
          <Button leftSection={<IconSend size={16} aria-hidden />} onClick={() => onOpen('test')}>
            {words.test}
          </Button>
          <Button
            variant="default"
            leftSection={<IconPencil size={16} aria-hidden />}
            onClick={() => onOpen('change')}
          >
            {words.change}
          </Button>
          <Button
            variant="subtle"
            color="red"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => onOpen('remove')}
          >
            {words.remove}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
