import {
  Button,
  Group,
  MultiSelect,
  Select,
  Stack,
  Switch,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf } from '../../../api/client.ts';
import type { Space } from '../../../api/types.ts';
import { Card } from '../../../parts/card.tsx';
import { fieldError } from '../../../parts/field-error.ts';
import { kindWords } from '../../../parts/knowledge/kind-words.ts';
import { spaceQuery } from '../../../parts/knowledge/space-queries.ts';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { ChannelsField } from '../../../parts/streams/channels-field.tsx';
import { texts } from '../../../texts/index.ts';
import { credentialsQuery } from '../../access/credentials/credentials-queries.ts';
import { fits } from '../../enable/draft.ts';
import { SecretsCard } from './secrets-card.tsx';
import { spaceChange, spaceForm, type SpaceForm } from './settings-form.ts';

const { spaceSettings: words } = texts;

/** The settings of a space as a form. Only what was changed is sent. */
export function SpaceEditor({ space }: { space: Space }) {
  const client = useQueryClient();
  const { data: credentials = [] } = useQuery(credentialsQuery);
  /** What was changed, and what it was changed from; `null`: nothing yet. */
  const [draft, setDraft] = useState<{ from: SpaceForm; form: SpaceForm } | null>(null);
  const form = draft?.form ?? spaceForm(space);
  const change = draft && spaceChange(draft.from, draft.form);
  const save = useMutation({
    mutationFn: (body: NonNullable<typeof change>) =>
      dataOf(api.PATCH('/v1/spaces/{space}', { params: { path: { space: space.id } }, body })),
    onSuccess: (now) => {
      client.setQueryData(spaceQuery(space.id).queryKey, now);
      setDraft(null);
      notifications.show({ message: words.saved });
    },
  });
  const { error } = save;
  const give = (changed: Partial<SpaceForm>) => {
    save.reset();
    setDraft({ from: draft?.from ?? spaceForm(space), form: { ...form, ...changed } });
  };
  const fitting = credentials.filter((one) => fits(one.origin, form.url));
  const moves = change?.repository?.url ?? change?.repository?.branch ?? change?.root;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (change !== null) save.mutate(change);
      }}
    >
      <Stack>
        <Card title={words.general}>
          <Stack gap="sm">
            <TextInput
              label={words.name}
              value={form.name}
              maxLength={200}
              required
              error={fieldError(error, '/name')}
              onChange={(event) => give({ name: event.currentTarget.value })}
            />
            <TagsInput
              label={words.emails}
              description={words.emailsHint}
              value={form.emails}
              maxTags={20}
              acceptValueOnBlur
              error={fieldError(error, '/rules/notify/emails')}
              onChange={(emails) => give({ emails })}
            />
            <ChannelsField
              chosen={form.channels}
              error={fieldError(error, '/rules/notify/channels')}
              onChange={(channels) => give({ channels })}
            />
          </Stack>
        </Card>
        <Card title={words.place}>
          <Stack gap="sm">
            <TextInput
              label={words.url}
              value={form.url}
              inputMode="url"
              required
              error={fieldError(error, '/repository/url')}
              onChange={(event) => give({ url: event.currentTarget.value })}
            />
            <Group grow align="flex-start" preventGrowOverflow={false}>
              <TextInput
                miw="12rem"
                label={words.branch}
                value={form.branch}
                required
                error={fieldError(error, '/repository/branch')}
                onChange={(event) => give({ branch: event.currentTarget.value })}
              />
              <TextInput
                miw="12rem"
                label={words.root}
                description={words.rootHint}
                value={form.root}
                error={fieldError(error, '/root')}
                onChange={(event) => give({ root: event.currentTarget.value })}
              />
            </Group>
            <Select
              label={words.credential}
              data={[
                ...fitting.map(({ id, name }) => ({ value: id, label: name })),
                { value: 'none', label: words.noCredential },
              ]}
              value={form.credential}
              allowDeselect={false}
              error={fieldError(error, '/repository/credentialId')}
              onChange={(credential) => credential !== null && give({ credential })}
            />
            {moves !== undefined && <Text size="sm">{words.moves}</Text>}
          </Stack>
        </Card>
        <Card title={words.files}>
          <Stack gap="sm">
            <Switch
              label={words.index}
              description={words.indexHint}
              checked={form.index}
              onChange={(event) => give({ index: event.currentTarget.checked })}
            />
            <MultiSelect
              label={words.publicKinds}
              description={words.publicKindsHint}
              data={space.kinds
                .filter(({ personal }) => personal)
                .map((kind) => ({ value: kind.name, label: kindWords(kind).many }))}
              value={form.publicKinds}
              onChange={(publicKinds) => give({ publicKinds })}
            />
          </Stack>
        </Card>
        <SecretsCard form={form} error={error} onChange={give} />
        {error && <ProblemAlert error={error} />}
        {draft !== null && (
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setDraft(null)}>
              {words.discard}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={change === null}>
              {words.save}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
