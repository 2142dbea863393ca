import { Button, Group, Paper, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf } from '../../../api/client.ts';
import { fieldError } from '../../../parts/field-error.ts';
import { texts } from '../../../texts/index.ts';
import { credentialsQuery } from '../../access/credentials/credentials-queries.ts';
import { CredentialFields } from '../../enable/credential-fields.tsx';
import { fits, originOf } from '../../enable/draft.ts';
import { FindingsList } from '../../enable/findings-list.tsx';
import { StepForm } from '../../enable/step-form.tsx';
import { credentialIdOf, rootOf, type SpaceDraft } from './space-draft.ts';
import { spaceFindings } from './space-findings.ts';
import type { ChangeSpaceDraft } from './use-space-draft.ts';

const { repository: words, next, check: checkWord, anyway } = texts.newSpace;
const fields = ['/repository', '/credential', '/token', '/username', '/name'];

/** The first step: where the entries are, and the credential for it. It is checked with the repository itself. */
export function SpaceRepositoryStep({
  draft,
  change,
  onDone,
}: {
  draft: SpaceDraft;
  change: ChangeSpaceDraft;
  onDone: () => void;
}) {
  const client = useQueryClient();
  const { data: credentials = [] } = useQuery(credentialsQuery);
  const [token, setToken] = useState('');
  const { url, branch, root, newCredential } = draft;
  const origin = originOf(url);
  const fitting = credentials.filter((one) => fits(one.origin, url));
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
            repository: {
              ...{ url: url.trim(), branch: branch.trim(), subdirectory: rootOf(draft) },
              credentialId: credentialIdOf(now),
            },
            ...(credential === 'new' && { credential: secret }),
          },
        }),
      ),
    onSuccess: ({ reachable }) => change({ credential, isChecked: reachable }),
    gcTime: 0,
  });
  const store = useMutation({
    mutationFn: async () => {
      if (credential !== 'new') return credential;
      const { id } = await dataOf(
        api.POST('/v1/credentials', { body: { name, origin: url.trim(), ...secret } }),
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
  const give = (changed: Partial<SpaceDraft>) => {
    check.reset();
    store.reset();
    change({ ...changed, isChecked: false });
  };
  const error = store.error ?? check.error;
  const findings = check.data && spaceFindings(check.data, branch.trim());
  const isGood = findings?.every(({ level }) => level !== 'bad') === true;
  const canGoOn = check.data?.reachable === true && !isGood;
  return (
    <StepForm
      title={words.title}
      action={isGood ? next : checkWord}
      isWorking={check.isPending || store.isPending}
      error={error}
      fields={fields}
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
        value={url}
        onChange={(event) => give({ url: event.currentTarget.value })}
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
          value={branch}
          onChange={(event) => give({ branch: event.currentTarget.value })}
          error={fieldError(error, '/repository/branch')}
          autoComplete="off"
          required
        />
        <TextInput
          miw="14rem"
          label={words.root}
          description={words.rootHint}
          value={root}
          onChange={(event) => give({ root: event.currentTarget.value })}
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
