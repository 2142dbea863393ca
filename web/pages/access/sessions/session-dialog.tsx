import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconLogout } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import { ConfirmForm } from '../../../parts/confirm.tsx';
import { Dialog } from '../../../parts/dialog.tsx';
import { Facts } from '../../../parts/facts.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import { deviceName } from './device-name.ts';
import type { BrowserSession } from './sessions-queries.ts';
import type { sessionsSearch } from './sessions-search.ts';

const { sessions: words, access } = texts;

/** The dialog of the page of sessions, as the address says: a session, or whether to end it. */
export function SessionDialog({
  sessions,
  search: { item, open },
  go,
}: {
  sessions: BrowserSession[] | undefined;
  search: ReturnType<typeof sessionsSearch>;
  go: (changed: Record<string, unknown>, replace?: boolean) => void;
}) {
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: ({ id }: BrowserSession) =>
      dataOf(api.DELETE('/v1/sessions/{session}', { params: { path: { session: id } } })),
    onSuccess: (_, session) => {
      void client.invalidateQueries({ queryKey: ['sessions'] });
      notifications.show({ message: words.ended(deviceName(session)) });
      go({ item: undefined, open: undefined }, true);
    },
  });
  const close = () => {
    end.reset();
    go({ item: undefined, open: undefined });
  };
  if (item === undefined || sessions === undefined)
    return (
      <Dialog view={null} title="" onClose={close}>
        {null}
      </Dialog>
    );
  const session = sessions.find(({ id }) => id === item);
  if (session === undefined)
    return (
      <Dialog view="missing" title={words.title} onClose={close}>
        <Text>{access.nobody}</Text>
      </Dialog>
    );
  const device = deviceName(session);
  if (open === 'end' && !session.isCurrent)
    return (
      <Dialog view="end" title={words.endQuestion.title(device)} onClose={close}>
        <ConfirmForm
          question={{
            text: words.endQuestion.text(session.caller.name),
            action: words.endQuestion.action,
          }}
          isWorking={end.isPending}
          error={end.error}
          onConfirm={() => end.mutate(session)}
          onClose={() => {
            end.reset();
            go({ open: undefined });
          }}
        />
      </Dialog>
    );
  return (
    <Dialog view={session.id} title={device} onClose={close}>
      <SessionFacts session={session} onEnd={() => go({ open: 'end' })} />
    </Dialog>
  );
}

function SessionFacts({ session, onEnd }: { session: BrowserSession; onEnd: () => void }) {
  const { caller, method, address, userAgent, createdAt, lastUsedAt, expiresAt, isCurrent } =
    session;
  return (
    <Stack>
      {isCurrent && <Alert color="teal">{words.currentHint}</Alert>}
      <Facts
        facts={[
          [words.columns.who, [caller.name, caller.email].filter(Boolean).join(', ')],
          [words.columns.method, words.methods[method]],
          [words.address, address],
          [words.userAgent, userAgent],
          [words.began, <Time key="began" at={createdAt} />],
          [words.columns.used, <Time key="used" at={lastUsedAt} />],
          [words.columns.expires, <Time key="expires" at={expiresAt} />],
        ]}
      />
      {!isCurrent && (
        <Group>
          <Button
            variant="subtle"
            color="red"
            leftSection={<IconLogout size={16} aria-hidden />}
            onClick={onEnd}
          >
            {words.end}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
