import { Badge, Paper, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf } from '../../../api/client.ts';
import type { paths } from '../../../api/schema.ts';
import { DialogForm } from '../../../parts/dialog-form.tsx';
import { fieldError } from '../../../parts/field-error.ts';
import { texts } from '../../../texts/index.ts';
import type { Credential } from './credentials-queries.ts';

const { credentials: words } = texts;

type Result =
  paths['/v1/credentials/{credential}/actions/test']['post']['responses'][200]['content']['application/json']['items'][number]['result'];

const colors: Record<Result, string> = {
  opens: 'teal',
  not_needed: 'gray',
  not_reached: 'orange',
  not_found: 'orange',
  other_origin: 'red',
  refused: 'red',
};

/** Tries a credential with a repository, or with those that it is used for. */
export function CredentialTest({
  credential: { id, usedBy },
  onDone,
}: {
  credential: Credential;
  onDone: () => void;
}) {
  const [url, setUrl] = useState('');
  const isUsed = usedBy.count > 0;
  const test = useMutation({
    mutationFn: () =>
      dataOf(
        api.POST('/v1/credentials/{credential}/actions/test', {
          params: { path: { credential: id } },
          body: url.trim() === '' ? {} : { repository: { url: url.trim() } },
        }),
      ),
  });
  return (
    <DialogForm
      action={words.test}
      isWorking={test.isPending}
      error={test.error}
      onSubmit={() => test.mutate()}
      onCancel={onDone}
      cancel={texts.access.back}
    >
      <Text size="sm">{words.testHint}</Text>
      <TextInput
        label={words.repository}
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
        error={fieldError(test.error, '/repository')}
        autoComplete="off"
        inputMode="url"
        placeholder="https://…"
        required={!isUsed}
        data-autofocus
        {...(isUsed && { description: words.repositoryHint })}
      />
      <Stack gap="xs" role="status" aria-label={words.tested}>
        {test.data?.items.map(({ repository, result, reason }) => (
          <Paper key={repository.url} withBorder p="sm">
            <Badge color={colors[result]} variant="light" tt="none" mb={4}>
              {words.results[result]}
            </Badge>
            <Text size="sm" fw={600}>
              {repository.url}
            </Text>
            <Text size="sm">{reason}</Text>
          </Paper>
        ))}
      </Stack>
    </DialogForm>
  );
}
