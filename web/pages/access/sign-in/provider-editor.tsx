import { PasswordInput, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf } from '../../../api/client.ts';
import { Card } from '../../../parts/card.tsx';
import { DialogForm } from '../../../parts/dialog-form.tsx';
import { fieldError } from '../../../parts/field-error.ts';
import { texts } from '../../../texts/index.ts';
import { noGrants } from '../shared/grants-form.ts';
import { addressesHere, ProviderAddresses } from './provider-addresses.tsx';
import { providerBody, providerForm, type ProviderForm } from './provider-form.ts';
import type { ProviderView } from './provider-queries.ts';
import { RulesFields } from './rules-fields.tsx';

const { openIdConnect: words } = texts;

/** The form of the provider; `null`: none is connected yet. */
export function ProviderEditor({
  provider,
  onCancel,
  onDone,
}: {
  provider: ProviderView | null;
  onCancel: () => void;
  onDone: (provider: ProviderView) => void;
}) {
  const [form, setForm] = useState(() => providerForm(provider, noGrants));
  const change = (changed: Partial<ProviderForm>) => setForm({ ...form, ...changed });
  const save = useMutation({
    mutationFn: () => dataOf(api.PUT('/v1/settings/open-id-connect', { body: providerBody(form) })),
    onSuccess: onDone,
  });
  const field = (name: 'name' | 'issuer' | 'clientId' | 'scopes' | 'groupsClaim') => ({
    label: words[name],
    value: form[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
      change({ [name]: event.currentTarget.value }),
    error: fieldError(save.error, `/${name}`),
    autoComplete: 'off',
    required: true,
  });
  return (
    <DialogForm
      action={words.save}
      isWorking={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onCancel={onCancel}
    >
      <SimpleGrid cols={{ base: 1, md: 2 }} style={{ alignItems: 'start' }}>
        <Card title={words.provider}>
          <Stack>
            <TextInput {...field('name')} description={words.nameHint} autoFocus />
            <TextInput
              {...field('issuer')}
              description={words.issuerHint}
              inputMode="url"
              placeholder="https://id.example"
            />
            <TextInput {...field('clientId')} />
            <PasswordInput
              label={words.clientSecret}
              description={provider === null ? words.secretHint : words.keepSecret}
              value={form.clientSecret}
              onChange={(event) => change({ clientSecret: event.currentTarget.value })}
              error={fieldError(save.error, '/clientSecret')}
              autoComplete="new-password"
              required={provider === null}
            />
            <TextInput {...field('scopes')} description={words.scopesHint} />
            <TextInput {...field('groupsClaim')} description={words.groupsClaimHint} />
          </Stack>
        </Card>
        <Stack>
          {provider === null && <ProviderAddresses {...addressesHere()} />}
          <RulesFields form={form} error={save.error} onChange={change} />
        </Stack>
      </SimpleGrid>
    </DialogForm>
  );
}
