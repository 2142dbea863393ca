import { Alert, Button, Group, Stack, Switch, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { api, dataOf } from '../../../api/client.ts';
import { ProblemError } from '../../../api/problem-error.ts';
import type { Mirror } from '../../../api/types.ts';
import { matchesWildcard } from '../../../../model/text/wildcard.ts';
import { Card } from '../../../parts/card.tsx';
import { Confirm } from '../../../parts/confirm.tsx';
import { PartProblem } from '../../../parts/part-problem.tsx';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { texts } from '../../../texts/index.ts';
import { mirrorQuery, type MirrorPath } from '../mirror-queries.ts';
import {
  CommitFields,
  ContentsFields,
  LinkFields,
  NoticeFields,
  RepositoryFields,
  RunsFields,
  SamplesFields,
} from './fields.tsx';
import { isSame, settingsBody, settingsForm, type SettingsForm } from './settings-form.ts';
import { branchesQuery, mirrorsQuery } from './settings-queries.ts';
import { WhatHappens } from './what-happens.tsx';

const words = texts.settings;
const route = '/v1/projects/{project}/mirrors/{branch}';

/** The settings as a form. What a change would do is shown before it can be saved. */
export function SettingsEditor({ path, mirror }: { path: MirrorPath; mirror: Mirror }) {
  const client = useQueryClient();
  /** What was changed, and the version of the settings that it started from; `null`: nothing yet. */
  const [draft, setDraft] = useState<{ form: SettingsForm; version: string } | null>(null);
  const [adopt, setAdopt] = useState(false);
  const stored = settingsForm(mirror);
  const form = draft?.form ?? stored;
  const version = draft?.version ?? mirror.settingsVersion;
  const isChanged = draft !== null && !isSame(form, stored);
  const body = () => ({ ...settingsBody(form), adopt });
  const preview = useMutation({
    mutationFn: () => dataOf(api.POST(`${route}/preview`, { params: { path }, body: body() })),
  });
  // The button that asked for it is gone, and what it found is what one goes on with.
  const found = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (preview.data !== undefined) found.current?.focus();
  }, [preview.data]);
  const save = useMutation({
    mutationFn: () => {
      const params = { path, header: { 'if-match': `"${version}"` } };
      return dataOf(api.PUT(route, { params, body: body() }));
    },
    onSuccess: (now) => {
      client.setQueryData(mirrorQuery(path).queryKey, now);
      void client.invalidateQueries({ queryKey: ['mirror', path] });
      forget();
      notifications.show({ message: words.saved });
    },
  });
  const isStale =
    version !== mirror.settingsVersion ||
    (save.error instanceof ProblemError && save.error.code === 'settings_changed');
  const reset = () => {
    preview.reset();
    save.reset();
    setAdopt(false);
  };
  const forget = () => {
    setDraft(null);
    reset();
  };
  const onChange = (changed: Partial<SettingsForm>) => {
    setDraft({ form: { ...form, ...changed }, version });
    reset();
  };
  const goOn = async () => {
    const now = await client.query({ ...mirrorQuery(path), staleTime: 0 });
    setDraft({ form, version: now.settingsVersion });
    reset();
  };
  const takeTheirs = async () => {
    await client.invalidateQueries({ queryKey: mirrorQuery(path).queryKey });
    forget();
  };
  const leaving = useBlocker({
    shouldBlockFn: () => isChanged,
    enableBeforeUnload: () => isChanged,
    withResolver: true,
  });
  const error = save.error ?? preview.error;
  const fields = { form, error, onChange };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged && !preview.isPending) preview.mutate();
      }}
    >
      <Stack>
        <RepositoryFields {...fields} />
        <ContentsFields {...fields} />
        <SamplesFields {...fields} />
        <RunsFields {...fields} />
        <LinkCard path={path} mirror={mirror} {...fields} />
        <CommitFields {...fields} />
        <NoticeFields {...fields} />
        {isChanged && isStale && (
          <Alert color="orange" title={words.conflictTitle} role="alert">
            <Text size="sm">{words.conflict}</Text>
            <Group mt="xs">
              <Button size="xs" onClick={() => void goOn()}>
                {words.goOn}
              </Button>
              <Button size="xs" variant="default" onClick={() => void takeTheirs()}>
                {words.takeTheirs}
              </Button>
            </Group>
          </Alert>
        )}
        {error !== null && !isStale && <ProblemAlert error={error} />}
        {isChanged && preview.data !== undefined && (
          <Card title={words.willHappen}>
            <Stack ref={found} tabIndex={-1}>
              <WhatHappens preview={preview.data} />
              {preview.data.adoptionNeeded === true && (
                <Switch
                  label={words.adopt}
                  checked={adopt}
                  onChange={(event) => setAdopt(event.currentTarget.checked)}
                />
              )}
              <Group justify="flex-end">
                <Button loading={save.isPending} disabled={isStale} onClick={() => save.mutate()}>
                  {words.save}
                </Button>
              </Group>
            </Stack>
          </Card>
        )}
        {preview.isPending && (
          <Text size="sm" c="dimmed" role="status">
            {words.checking}
          </Text>
        )}
        <Group justify="flex-end">
          {isChanged && (
            <Button variant="default" onClick={forget}>
              {words.discard}
            </Button>
          )}
          {preview.data === undefined && (
            <Button type="submit" disabled={!isChanged || isStale} loading={preview.isPending}>
              {words.check}
            </Button>
          )}
        </Group>
      </Stack>
      <Confirm
        question={leaving.status === 'blocked' ? words.leave : null}
        isWorking={false}
        error={null}
        onConfirm={() => leaving.proceed?.()}
        onClose={() => leaving.reset?.()}
      />
    </form>
  );
}

/** The patterns for new branches, on the default branch only, with what they would link now. */
function LinkCard({
  path,
  mirror,
  ...fields
}: { path: MirrorPath; mirror: Mirror } & Parameters<typeof NoticeFields>[0]) {
  const branches = useQuery(branchesQuery(path.project));
  const mirrors = useQuery(mirrorsQuery(path.project));
  if (branches.data === undefined || mirrors.data === undefined) {
    const { error, refetch } = branches.data === undefined ? branches : mirrors;
    return <PartProblem title={words.branches} error={error} onRetry={() => void refetch()} />;
  }
  const own = branches.data.items.find(({ id }) => id === mirror.branchId);
  // A branch that has ever had a mirror is not linked: somebody ended it.
  const known = new Set(mirrors.data.map(({ branchId }) => branchId));
  const candidates = branches.data.items
    .filter(({ id, isDefault }) => !isDefault && !known.has(id))
    .map(({ name }) => name)
    .filter((name) => fields.form.link.some((pattern) => matchesWildcard(pattern, name)));
  return (
    <Card title={words.branches}>
      {own?.isDefault === true ? (
        <LinkFields {...fields} candidates={candidates} />
      ) : (
        <Text size="sm" c="dimmed">
          {words.onlyOnMain}
        </Text>
      )}
    </Card>
  );
}
