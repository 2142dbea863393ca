import { PasswordInput, Select, Switch, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf } from '../../../api/client.ts';
import { DialogForm } from '../../../parts/dialog-form.tsx';
import { fieldError } from '../../../parts/field-error.ts';
import type { Channel } from '../../../parts/streams/channels-query.ts';
import { texts } from '../../../texts/index.ts';

const { channels: words } = texts;

type Kind = Channel['kind'];
const kinds: readonly Kind[] = ['slack', 'teams', 'email', 'webhook'];

/** The form of a new channel, or of what changes of one: its kind and name stay. */
export function ChannelForm({
  channel,
  onCancel,
  onDone,
}: {
  channel: Channel | null;
  onCancel: () => void;
  /** `secret`: what messages are signed with, if it was made now. */
  onDone: (channel: Channel, secret: string | null) => void;
}) {
  const [name, setName] = useState('');
  const [kind, setKind] = useState<Kind>(channel?.kind ?? 'slack');
  const [target, setTarget] = useState(channel?.kind === 'email' ? (channel.leadsTo ?? '') : '');
  const [isDefault, setIsDefault] = useState(channel?.default ?? false);
  const place =
    target.trim() === ''
      ? {}
      : kind === 'email'
        ? { email: target.trim() }
        : { url: target.trim() };
  const save = useMutation({
    mutationFn: async (): Promise<{ channel: Channel; secret: string | null }> => {
      if (channel !== null) {
        const { id } = channel;
        const changed = await dataOf(
          api.PATCH('/v1/notice-channels/{channel}', {
            params: { path: { channel: id } },
            body: { ...place, default: isDefault },
          }),
        );
        return { channel: changed, secret: null };
      }
      const { secret, ...added } = await dataOf(
        api.POST('/v1/notice-channels', {
          body: { name: name.trim(), kind, default: isDefault, ...place },
        }),
      );
      return { channel: added, secret };
    },
    onSuccess: (done) => onDone(done.channel, done.secret),
  });
  return (
    <DialogForm
      action={channel === null ? words.add : words.change}
      isWorking={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onCancel={onCancel}
    >
      {channel === null && (
        <>
          <TextInput
            label={words.name}
            description={words.nameHint}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={fieldError(save.error, '/name')}
            autoComplete="off"
            required
            data-autofocus
          />
          <Select
            label={words.kind}
            data={kinds.map((value) => ({ value, label: words.kinds[value] }))}
            value={kind}
            onChange={(value) => {
              setKind(kinds.find((one) => one === value) ?? kind);
              setTarget('');
            }}
            allowDeselect={false}
          />
        </>
      )}
      {kind === 'email' ? (
        <TextInput
          label={words.email}
          value={target}
          onChange={(event) => setTarget(event.currentTarget.value)}
          error={fieldError(save.error, '/email')}
          autoComplete="off"
          inputMode="email"
          required={channel === null}
        />
      ) : (
        <PasswordInput
          label={words.url}
          description={channel === null ? words.urlHint[kind] : words.keepUrl}
          value={target}
          onChange={(event) => setTarget(event.currentTarget.value)}
          error={fieldError(save.error, '/url')}
          autoComplete="new-password"
          required={channel === null}
        />
      )}
      <Switch
        label={words.default}
        checked={isDefault}
        onChange={(event) => setIsDefault(event.currentTarget.checked)}
      />
    </DialogForm>
  );
}
