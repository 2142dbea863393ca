import { PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf } from '../../../api/client.ts';
import { DialogForm } from '../../../parts/dialog-form.tsx';
import { fieldError } from '../../../parts/field-error.ts';
import { texts } from '../../../texts/index.ts';
import type { Credential } from './credentials-queries.ts';

const { credentials: words } = texts;

/** The form of a new credential. */
export function CredentialForm({
  onCancel,
  onDone,
}: {
  onCancel: () => void;
  onDone: (credential: Credential) => void;
}) {
  const [name, setName] = useState('');
  const [origin, setOrigin] = useState('');
  const [username, setUsername] = useState('');
  const [token, setToken] = useState('');
  const add = useMutation({
    mutationFn: () =>
      dataOf(
        api.POST('/v1/credentials', {
          body: {
            ...{ name: name.trim(), origin: origin.trim(), token: token.trim() },
            ...(username.trim() !== '' && { username: username.trim() }),
          },
        }),
      ),
    onSuccess: onDone,
  });
  return (
    <DialogForm
      action={words.add}
      isWorking={add.isPending}
      error={add.error}
      onSubmit={() => add.mutate()}
      onCancel={onCancel}
    >
      <TextInput
        label={words.name}
        description={words.nameHint}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={fieldError(add.error, '/name')}
        autoComplete="off"
        required
        data-autofocus
      />
      <TextInput
        label={words.origin}
        description={words.originHint}
        value={origin}
        onChange={(event) => setOrigin(event.currentTarget.value)}
        error={fieldError(add.error, '/origin')}
        autoComplete="off"
        inputMode="url"
        required
      />
      <TextInput
        label={words.username}
        description={words.usernameHint}
        value={username}
        onChange={(event) => setUsername(event.currentTarget.value)}
        error={fieldError(add.error, '/username')}
        autoComplete="off"
      />
      <PasswordInput
        label={words.token}
        description={words.tokenHint}
        value={token}
        onChange={(event) => setToken(event.currentTarget.value)}
        error={fieldError(add.error, '/token')}
        // Otherwise a browser offers to keep it, or fills in the password of whoever signed in.
        autoComplete="new-password"
        required
      />
    </DialogForm>
  );
}
