import { Button, Group, Paper, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf } from '../../api/client.ts';
import { fieldError } from '../../parts/field-error.ts';
import { texts } from '../../texts/index.ts';
import { credentialsQuery } from '../access/credentials/credentials-queries.ts';
import { CredentialFields } from './credential-fields.tsx';
import { fits, originOf, repositoryBody, type Draft } from './draft.ts';
import { FindingsList } from './findings-list.tsx';
import { findingsOf, mayContinue } from './findings.ts';
import { StepForm } from './step-form.tsx';
import type { ChangeDraft } from './use-draft.ts';

const { repository: words, check: checkWord, next, anyway } = texts.enable;

const fields = ['/repository', '/credential', '/token', '/username', '/name'];

/** The second step: where the commits go, and the credential for it. It is checked with the repository itself. */
export function RepositoryStep({
  draft,
  change,
  onBack,
  onDone,
}: {
  draft: Draft;
  change: ChangeDraft;
  onBack: () => void;
  onDone: () => void;
}) {
  const client = useQueryClient();
  const { data: credentials = [] } = useQuery(credentialsQuery);
  const [token, setToken] = useState('');
  const { repository, newCredential } = draft;
  const origin = originOf(repository.url);
  const fitting = credentials.filter((one) => fits(one.origin, repository.url));
  const isListed = fitting.some(({ id }) => id === draft.credential);
  const credential =
    isListed || draft.credential === 'none' || draft.credential === 'new'
      ? draft.credential
      : (fitting[0]?.id ?? 'new');
  const now = { ...draft, credential };
  const name = newCredential.name.trim() || (origin === null ? '' : new URL(origin).host);
  const secret = {
    token: token.trim(),
    ...(newCredential.username.trim() !== '' && { username: newCredential.username.trim() }),
  };

  const check = useMutation({
    mutationFn: () =>
      dataOf(
        api.POST('/v1/repositories/actions/check', {
          body: {
            repository: repositoryBody(now),
            ...(credential === 'new' && { credential: secret }),
            mirror: { projectId: draft.project, branchId: draft.branch },
          },
        }),
      ),
    onSuccess: (found) =>
      change({ credential, checked: mayContinue(found) ? found.visibility : '' }),
    gcTime: 0,
  });
  const store = useMutation({
    mutationFn: async () => {
      if (credential !== 'new') return credential;
      const { id } = await dataOf(
        api.POST('/v1/credentials', { body: { name, origin: repository.url.trim(), ...secret } }),
      );
      await client.invalidateQueries(credentialsQuery);
      return id;
    },
    onSuccess: (stored) => {
      change({ credential: stored });
      onDone();
    },
    gcTime: 0,
  });

  /** What is given now was not checked. */
  const give = (changed: Partial<Draft>) => {
    check.reset();
    store.reset();
    change({ ...changed, checked: '', isSuggested: false });
  };
  const giveRepository = (changed: Partial<Draft['repository']>) =>
    give({ repository: { ...repository, ...changed } });
  const error = store.error ?? check.error;
  const found = check.data;
  const findings = found && findingsOf(found, repository.branch);
  const isGood = findings?.every(({ level }) => level !== 'bad') === true;
  const canGoOn = found !== undefined && !isGood && mayContinue(found);
  return (
    <StepForm
      title={words.title}
      action={isGood ? next : checkWord}
      isWorking={check.isPending || store.isPending}
      error={error}
      fields={fields}
      onBack={onBack}
      onSubmit={() => (isGood ? store.mutate() : check.mutate())}
      aside={
        canGoOn && (
          <Button variant="subtle" disabled={store.isPending} onClick={() => store.mutate()}>
            {anyway}
          </Button>
        )
      }
    >
      <TextInput
        label={words.url}
        description={words.urlHint}
        placeholder={words.urlExample}
        value={repository.url}
        onChange={(event) => giveRepository({ url: event.currentTarget.value })}
        error={fieldError(error, '/repository/url')}
        autoComplete="off"
        inputMode="url"
        required
      />
      <Group grow align="flex-start" preventGrowOverflow={false}>
        <TextInput
          miw="14rem"
          label={words.branch}
          description={words.branchHint}
          value={repository.branch}
          onChange={(event) => giveRepository({ branch: event.currentTarget.value })}
          error={fieldError(error, '/repository/branch')}
          autoComplete="off"
          required
        />
        <TextInput
          miw="14rem"
          label={words.folder}
          description={words.folderHint}
          value={repository.folder}
          onChange={(event) => giveRepository({ folder: event.currentTarget.value })}
          error={fieldError(error, '/repository/subdirectory')}
          autoComplete="off"
        />
      </Group>
      <CredentialFields
        credentials={fitting}
        value={credential}
        name={name}
        username={newCredential.username}
        token={token}
        error={error}
        onChange={(chosen) => give({ credential: chosen })}
        onRename={(changed) => give({ newCredential: { ...newCredential, ...changed } })}
        onToken={(given) => {
          setToken(given);
          give({});
        }}
      />
      {findings && (
        <Paper withBorder p="md" role="status">
          <FindingsList findings={findings} />
        </Paper>
      )}
    </StepForm>
  );
}
