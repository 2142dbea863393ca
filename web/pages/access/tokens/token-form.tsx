import { Input, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { api, dataOf } from '../../../api/client.ts';
import type { paths } from '../../../api/schema.ts';
import { DialogForm } from '../../../parts/dialog-form.tsx';
import { fieldError } from '../../../parts/field-error.ts';
import { texts } from '../../../texts/index.ts';
import { grantsBody, noGrants } from '../shared/grants-form.ts';
import { GrantsFields } from '../shared/grants-fields.tsx';
import { expiresAt, type Expiry } from './token-state.ts';

const { tokens: words } = texts;

/** A new token with its secret. */
export type MadeToken =
  paths['/v1/tokens']['post']['responses'][201]['content']['application/json'];

const expiries = ['month', 'quarter', 'year', 'day', 'never'] as const satisfies Expiry[];

/** The form of a new token. */
export function TokenForm({
  onCancel,
  onDone,
}: {
  onCancel: () => void;
  onDone: (token: MadeToken) => void;
}) {
  const [kind, setKind] = useState<'machine' | 'person'>('machine');
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [grants, setGrants] = useState(noGrants);
  const [expiry, setExpiry] = useState<Expiry>('year');
  const [day, setDay] = useState('');
  const kindLabel = useId();
  const make = useMutation({
    mutationFn: () =>
      dataOf(
        api.POST('/v1/tokens', {
          body: {
            ...{ kind, name: name.trim(), ...grantsBody(grants) },
            ...(kind === 'person' && { email: email.trim() }),
            expiresAt: expiresAt(expiry, day, Date.now()),
          },
        }),
      ),
    onSuccess: onDone,
    // The secret is kept nowhere but in the dialog that shows it.
    gcTime: 0,
  });
  return (
    <DialogForm
      action={words.add}
      isWorking={make.isPending}
      error={make.error}
      onSubmit={() => make.mutate()}
      onCancel={onCancel}
    >
      <Input.Wrapper label={words.kind} labelElement="div" labelProps={{ id: kindLabel }}>
        <SegmentedControl
          aria-labelledby={kindLabel}
          fullWidth
          mt={4}
          value={kind}
          onChange={setKind}
          data={[
            { value: 'machine', label: words.kinds.machine },
            { value: 'person', label: words.kinds.person },
          ]}
        />
      </Input.Wrapper>
      <TextInput
        label={words.name}
        description={words.nameHint}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={fieldError(make.error, '/name')}
        autoComplete="off"
        required
        data-autofocus
      />
      {kind === 'person' && (
        <TextInput
          label={words.email}
          type="email"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={fieldError(make.error, '/email')}
          autoComplete="off"
          required
        />
      )}
      <GrantsFields value={grants} error={make.error} onChange={setGrants} />
      <Select
        label={words.expires}
        data={expiries.map((value) => ({ value, label: words.expiries[value] }))}
        value={expiry}
        onChange={(chosen) => chosen !== null && setExpiry(chosen)}
        error={fieldError(make.error, '/expiresAt')}
        allowDeselect={false}
      />
      {expiry === 'day' && (
        <TextInput
          label={words.day}
          type="date"
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
          required
        />
      )}
    </DialogForm>
  );
}
