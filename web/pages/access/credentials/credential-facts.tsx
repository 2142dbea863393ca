import { Anchor, Button, Group, List, Stack, Text } from '@mantine/core';
import { IconPlugConnected, IconRefresh, IconTrash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Facts } from '../../../parts/facts.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import { streamPath } from '../../../parts/streams/stream-path.ts';
import type { Credential } from './credentials-queries.ts';

const { credentials: words, common } = texts;

/** What is known about a credential, what uses it, and what can be done. */
export function CredentialFacts({
  credential: { origin, username, createdAt, rotatedAt, usedBy },
  isAdmin,
  onOpen,
}: {
  credential: Credential;
  isAdmin: boolean;
  onOpen: (what: 'test' | 'rotate' | 'remove') => void;
}) {
  return (
    <Stack>
      <Facts
        facts={[
          [words.columns.origin, origin ?? words.noOrigin],
          [words.username, username],
          [words.created, <Time key="created" at={createdAt} />],
          [words.rotatedAt, rotatedAt && <Time key="rotated" at={rotatedAt} />],
          [words.usedBy, <Uses key="uses" usedBy={usedBy} />],
        ]}
      />
      {isAdmin && (
        <>
          <Group>
            <Button
              leftSection={<IconPlugConnected size={16} aria-hidden />}
              onClick={() => onOpen('test')}
            >
              {words.test}
            </Button>
            <Button
              variant="default"
              leftSection={<IconRefresh size={16} aria-hidden />}
              onClick={() => onOpen('rotate')}
            >
              {words.rotate}
            </Button>
            {usedBy.count === 0 && (
              <Button
                variant="subtle"
                color="red"
                leftSection={<IconTrash size={16} aria-hidden />}
                onClick={() => onOpen('remove')}
              >
                {words.remove}
              </Button>
            )}
          </Group>
          {usedBy.count > 0 && (
            <Text size="sm" c="dimmed">
              {words.removeUsed}
            </Text>
          )}
        </>
      )}
    </Stack>
  );
}

function Uses({ usedBy: { count, first } }: Pick<Credential, 'usedBy'>) {
  if (count === 0) return words.unused;
  return (
    <List size="sm" listStyleType="none">
      {first.map(({ id, name, product }) => (
        <List.Item key={id}>
          <Anchor size="sm" renderRoot={(props) => <Link {...props} to={streamPath(id) ?? '/'} />}>
            {name}
          </Anchor>
          {` (${common.product[product].toLowerCase()})`}
        </List.Item>
      ))}
      {count > first.length && <List.Item>{words.usesMore(count - first.length)}</List.Item>}
    </List>
  );
}
