import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf } from '../../../api/client.ts';
import { useMay } from '../../../api/session.ts';
import { ConfirmForm } from '../../../parts/confirm.tsx';
import { Dialog } from '../../../parts/dialog.tsx';
import { channelsQuery, type Channel } from '../../../parts/streams/channels-query.ts';
import { texts } from '../../../texts/index.ts';
import { ChannelFacts } from './channel-facts.tsx';
import { ChannelForm } from './channel-form.tsx';
import { ChannelSecret } from './channel-secret.tsx';
import { ChannelTest } from './channel-test.tsx';
import type { channelsSearch } from './channels-search.ts';

const { channels: words, access } = texts;

/** The dialog of the page of notices, as the address says: a new channel, one, or what is being done with it. */
export function ChannelDialog({
  channels,
  search: { item, open },
  go,
}: {
  channels: Channel[] | undefined;
  search: ReturnType<typeof channelsSearch>;
  go: (changed: Record<string, unknown>, replace?: boolean) => void;
}) {
  const isAdmin = useMay('admin');
  const client = useQueryClient();
  /** The secret of the channel that was just added; it is in no address. */
  const [made, setMade] = useState<{ id: string; secret: string } | null>(null);
  const remove = useMutation({
    mutationFn: ({ id }: Channel) =>
      dataOf(api.DELETE('/v1/notice-channels/{channel}', { params: { path: { channel: id } } })),
    onSuccess: (_, { name }) => {
      void client.invalidateQueries(channelsQuery);
      notifications.show({ message: words.removed(name) });
      go({ item: undefined, open: undefined }, true);
    },
  });
  const close = () => {
    remove.reset();
    setMade(null);
    go({ item: undefined, open: undefined });
  };
  const back = () => {
    remove.reset();
    go({ open: undefined });
  };
  const show = (now: Channel) =>
    client.setQueryData(channelsQuery.queryKey, (before = []) => [
      ...before.filter(({ id }) => id !== now.id),
      now,
    ]);

  if (open === 'new' && isAdmin)
    return (
      <Dialog view="new" title={words.add} onClose={close}>
        <ChannelForm
          channel={null}
          onCancel={close}
          onDone={(now, secret) => {
            show(now);
            setMade(secret === null ? null : { id: now.id, secret });
            notifications.show({ message: words.added(now.name) });
            go({ item: now.id, open: 'test' }, true);
          }}
        />
      </Dialog>
    );
  if (item === undefined || channels === undefined)
    return (
      <Dialog view={null} title="" onClose={close}>
        {null}
      </Dialog>
    );
  const channel = channels.find(({ id }) => id === item);
  if (channel === undefined)
    return (
      <Dialog view="missing" title={words.title} onClose={close}>
        <Text>{access.nobody}</Text>
      </Dialog>
    );
  const { name } = channel;
  if (made?.id === channel.id)
    return (
      <Dialog view="secret" title={name} onClose={close}>
        <ChannelSecret secret={made.secret} onDone={() => setMade(null)} />
      </Dialog>
    );
  if (open === 'test' && isAdmin)
    return (
      <Dialog view="test" title={words.testTitle(name)} onClose={close}>
        <ChannelTest channel={channel} onDone={back} />
      </Dialog>
    );
  if (open === 'change' && isAdmin)
    return (
      <Dialog view="change" title={words.changeTitle(name)} onClose={close}>
        <ChannelForm
          channel={channel}
          onCancel={back}
          onDone={(now) => {
            show(now);
            notifications.show({ message: words.isChanged(now.name) });
            go({ open: undefined }, true);
          }}
        />
      </Dialog>
    );
  if (open === 'remove' && isAdmin)
    return (
      <Dialog view="remove" title={words.removeQuestion.title(name)} onClose={close}>
        <ConfirmForm
          question={{ text: words.removeQuestion.text, action: words.removeQuestion.action }}
          isWorking={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(channel)}
          onClose={back}
        />
      </Dialog>
    );
  return (
    <Dialog view={channel.id} title={name} size="lg" onClose={close}>
      <ChannelFacts channel={channel} isAdmin={isAdmin} onOpen={(what) => go({ open: what })} />
    </Dialog>
  );
}
