import { PasswordInput, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf } from '../../../api/client.ts';
import { DialogForm } from '../../../parts/dialog-form.tsx';
import { fieldError } from '../../../parts/field-error.ts';
import { texts } from '../../../texts/index.ts';
import type { Credential } from './credentials-queries.ts';

const { credentials: words } = texts;

/** The form that gives a credential a new secret. */
export function SecretForm({
  credential,
  onCancel,
  onDone,
}: {
  credential: Credential;
  onCancel: () => void;
  onDone: (credential: Credential) => void;
}) {
  const [origin, setOrigin] = useState(credential.origin ?? '');
  const [username, setUsername] = useState('');
  const [token, setToken] = useState('');
  const rotate = useMutation({
    mutationFn: () =>
      dataOf(
        api.PUT('/v1/credentials/{credential}/secret', {
          params: { path: { credential: credential.id } },
          body: {
            token: token.trim(),
            ...(username.trim() !== '' && { username: username.trim() }),
            ...(origin.trim() !== credential.origin && { origin: origin.trim() }),
          },
        }),
      ),
    onSuccess: onDone,
  });
  return (
    <DialogForm
      action={words.rotate}
      isWorking={rotate.isPending}
      error={rotate.error}
      onSubmit={() => rotate.mutate()}
      onCancel={onCancel}
    >
      <Text size="sm">{words.rotateHint}</Text>
      <PasswordInput
        label={words.token}
        description={words.tokenHint}
        value={token}
        onChange={(event) => setToken(event.currentTarget.value)}
        error={fieldError(rotate.error, '/token')}
        autoComplete="new-password"
        required
        data-autofocus
      />
      <TextInput
        label={words.username}
        description={words.keepUsername(credential.username)}
        value={username}
        onChange={(event) => setUsername(event.currentTarget.value)}
        error={fieldError(rotate.error, '/username')}
        autoComplete="off"
      />
      <TextInput
        label={words.origin}
        description={words.originHint}
        value={origin}
        onChange={(event) => setOrigin(event.currentTarget.value)}
        error={fieldError(rotate.error, '/origin')}
        autoComplete="off"
        inputMode="url"
        required
      />
    </DialogForm>
  );
}
