import { PasswordInput, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf } from '../../../api/client.ts';
import { DialogForm } from '../../../parts/dialog-form.tsx';
import { Facts } from '../../../parts/facts.tsx';
import { fieldError } from '../../../parts/field-error.ts';
import { texts } from '../../../texts/index.ts';
import type { HostToken } from './host-tokens-queries.ts';

const { hostTokens: words } = texts;

/** The form that stores a token of a host; `of` is the host whose token is replaced, if there is one. */
export function HostTokenForm({
  of,
  onCancel,
  onDone,
}: {
  of: string | null;
  onCancel: () => void;
  onDone: (token: HostToken) => void;
}) {
  const [origin, setOrigin] = useState(of ?? '');
  const [token, setToken] = useState('');
  const store = useMutation({
    mutationFn: () =>
      dataOf(
        api.PUT('/v1/me/host-tokens', { body: { origin: origin.trim(), token: token.trim() } }),
      ),
    onSuccess: onDone,
  });
  return (
    <DialogForm
      action={words.store}
      isWorking={store.isPending}
      error={store.error}
      onSubmit={() => store.mutate()}
      onCancel={onCancel}
    >
      <TextInput
        label={words.host}
        description={words.hostHint}
        value={origin}
        onChange={(event) => setOrigin(event.currentTarget.value)}
        error={fieldError(store.error, '/origin')}
        autoComplete="off"
        inputMode="url"
        maxLength={2_048}
        readOnly={of !== null}
        required
        {...(of === null && { 'data-autofocus': true })}
      />
      <PasswordInput
        label={words.token}
        description={words.tokenHint}
        value={token}
        onChange={(event) => setToken(event.currentTarget.value)}
        error={fieldError(store.error, '/token')}
        autoComplete="new-password"
        required
        {...(of !== null && { 'data-autofocus': true })}
      />
      <div>
        <Text size="sm" fw={500} mb={4}>
          {words.needsTitle}
        </Text>
        <Facts facts={words.needs} />
      </div>
    </DialogForm>
  );
}
