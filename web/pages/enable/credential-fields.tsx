import { Fieldset, PasswordInput, Select, Stack, TextInput } from '@mantine/core';
import { ProblemError } from '../../api/problem-error.ts';
import { fieldError } from '../../parts/field-error.ts';
import { texts } from '../../texts/index.ts';

const { repository: words } = texts.enable;

/** A stored credential, none, or a new one, which is given in place. */
export function CredentialFields({
  credentials,
  value,
  name,
  username,
  token,
  error,
  onChange,
  onRename,
  onToken,
}: {
  /** Those that may be sent to the repository. */
  credentials: { id: string; name: string }[];
  /** An id, `none` or `new`. */
  value: string;
  name: string;
  username: string;
  token: string;
  error: Error | null;
  onChange: (chosen: string) => void;
  onRename: (changed: { name?: string; username?: string }) => void;
  onToken: (token: string) => void;
}) {
  const isTaken = error instanceof ProblemError && error.code === 'credential_exists';
  return (
    <>
      <Select
        label={words.credential}
        description={words.credentialHint}
        data={[
          ...credentials.map(({ id, name: known }) => ({ value: id, label: known })),
          { value: 'new', label: words.new },
          { value: 'none', label: words.none },
        ]}
        value={value}
        onChange={(chosen) => chosen !== null && onChange(chosen)}
        error={fieldError(error, '/repository/credentialId')}
        allowDeselect={false}
      />
      {value === 'new' && (
        <Fieldset>
          <Stack gap="sm">
            <PasswordInput
              label={words.token}
              description={words.tokenHint}
              value={token}
              onChange={(event) => onToken(event.currentTarget.value)}
              error={fieldError(error, '/credential/token') ?? fieldError(error, '/token')}
              // Otherwise a browser offers to keep it, or fills in the password of whoever signed in.
              autoComplete="new-password"
              required
            />
            <TextInput
              label={words.username}
              description={words.usernameHint}
              value={username}
              onChange={(event) => onRename({ username: event.currentTarget.value })}
              error={fieldError(error, '/credential/username') ?? fieldError(error, '/username')}
              autoComplete="off"
            />
            <TextInput
              label={words.name}
              value={name}
              onChange={(event) => onRename({ name: event.currentTarget.value })}
              error={isTaken ? error.message : fieldError(error, '/name')}
              autoComplete="off"
              required
            />
          </Stack>
        </Fieldset>
      )}
    </>
  );
}
