import { Alert, PasswordInput, Select, TextInput } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api, dataOf } from '../../api/client.ts';
import type { paths } from '../../api/schema.ts';
import { fieldError } from '../../parts/field-error.ts';
import { texts } from '../../texts/index.ts';
import { BranchField } from './branch-field.tsx';
import type { Draft } from './draft.ts';
import { projectsQuery, type Platform } from './enable-queries.ts';
import { StepForm } from './step-form.tsx';
import type { ChangeDraft } from './use-draft.ts';

const { project: words, check: checkWord, next } = texts.enable;
const fields = ['/source/url', '/source/token', '/id'];

type SourceBody =
  paths['/v1/projects']['post']['requestBody']['content']['application/json']['source'];

/** Adds a project: its source is tried first, and says which project it is. The token leaves this form only to the API. */
export function NewProject({
  draft,
  change,
  onDone,
  platforms,
  children,
}: {
  draft: Draft;
  change: ChangeDraft;
  onDone: () => void;
  platforms: Platform[];
  children: ReactNode;
}) {
  const client = useQueryClient();
  const [token, setToken] = useState('');
  const platform = platforms.find(({ kind }) => kind === draft.source.kind) ?? platforms[0];
  const source = {
    kind: platform?.kind ?? '',
    ...(platform?.url && { url: draft.source.url.trim() }),
    ...(platform?.token && { token: token.trim() }),
    // Exactly the fields that the API says this platform needs.
  } as SourceBody;
  const id = platform?.choosesId === true ? draft.source.id.trim() : undefined;
  const check = useMutation({
    mutationFn: () =>
      dataOf(
        api.POST('/v1/projects/actions/check', {
          body: { source, ...(id !== undefined && { id }) },
        }),
      ),
    onSuccess: ({ branches }) =>
      change({
        project: 'new',
        branch: (branches.find((one) => one.isDefault) ?? branches[0])?.id ?? '',
      }),
    gcTime: 0,
  });
  const found = check.data;
  const add = useMutation({
    mutationFn: async (known: NonNullable<typeof found>) => {
      if (!known.isKnown)
        await dataOf(api.POST('/v1/projects', { body: { id: known.projectId, source } }));
      await client.invalidateQueries(projectsQuery);
      return known.projectId;
    },
    onSuccess: (project, { isKnown }) => {
      // Some branches of a project that is here already may have mirrors, so it is chosen among those.
      change({ project, ...(isKnown && { branch: '' }) });
      if (!isKnown) onDone();
    },
    gcTime: 0,
  });
  const error = add.error ?? check.error;
  /** What is given now was not checked. */
  const give = (changed: Partial<Draft['source']>) => {
    check.reset();
    add.reset();
    change({ project: 'new', source: { ...draft.source, ...changed }, branch: '', checked: '' });
  };
  return (
    <StepForm
      title={words.title}
      action={found === undefined ? checkWord : next}
      isWorking={check.isPending || add.isPending}
      isBlocked={found !== undefined && draft.branch === ''}
      error={error}
      fields={fields}
      onSubmit={() => (found === undefined ? check.mutate() : add.mutate(found))}
    >
      {children}
      <Select
        label={words.platform}
        data={platforms.map(({ kind, title }) => ({ value: kind, label: capital(title) }))}
        value={source.kind}
        onChange={(kind) => kind !== null && give({ kind })}
        allowDeselect={false}
      />
      {platform?.url && (
        <TextInput
          label={words.url}
          description={capital(platform.url.title)}
          placeholder={words.urlExample}
          value={draft.source.url}
          onChange={(event) => give({ url: event.currentTarget.value })}
          error={fieldError(error, '/source/url')}
          autoComplete="off"
          inputMode="url"
          required
        />
      )}
      {platform?.token && (
        <PasswordInput
          label={capital(platform.token.title)}
          description={words.tokenHint}
          value={token}
          onChange={(event) => {
            setToken(event.currentTarget.value);
            give({});
          }}
          error={fieldError(error, '/source/token')}
          autoComplete="new-password"
          required
        />
      )}
      {platform?.choosesId === true && (
        <TextInput
          label={words.id}
          description={words.idHint}
          value={draft.source.id}
          onChange={(event) => give({ id: event.currentTarget.value })}
          error={fieldError(error, '/id')}
          autoComplete="off"
          required
        />
      )}
      {found && (
        <>
          <Alert color="green" icon={<IconCheck aria-hidden />} role="status">
            {words.opens(found.projectId, found.projectName, found.branchCount)}
            {found.isKnown && ` ${words.isKnown}`}
          </Alert>
          <BranchField
            branches={found.branches}
            count={found.branchCount}
            value={draft.branch}
            onChange={(branch) => change({ branch })}
          />
        </>
      )}
    </StepForm>
  );
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
