import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf } from '../../../api/client.ts';
import { DialogForm } from '../../../parts/dialog-form.tsx';
import { fieldError } from '../../../parts/field-error.ts';
import { texts } from '../../../texts/index.ts';
import { grantsBody, grantsForm, noGrants } from '../shared/grants-form.ts';
import { GrantsFields } from '../shared/grants-fields.tsx';
import type { Person } from './people-queries.ts';

const { people: words, common } = texts;

/** The form of a person; `null`: a new one. */
export function PersonForm({
  person,
  onCancel,
  onDone,
}: {
  person: Person | null;
  onCancel: () => void;
  onDone: (person: Person) => void;
}) {
  const [name, setName] = useState(person?.name ?? '');
  const [email, setEmail] = useState(person?.email ?? '');
  const [grants, setGrants] = useState(person === null ? noGrants : grantsForm(person));
  const save = useMutation({
    mutationFn: () => {
      const body = { name: name.trim(), email: email.trim(), ...grantsBody(grants) };
      return dataOf(
        person === null
          ? api.POST('/v1/people', { body })
          : api.PATCH('/v1/people/{person}', { params: { path: { person: person.id } }, body }),
      );
    },
    onSuccess: onDone,
  });
  return (
    <DialogForm
      action={person === null ? words.add : common.save}
      isWorking={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onCancel={onCancel}
    >
      <TextInput
        label={words.name}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={fieldError(save.error, '/name')}
        autoComplete="off"
        required
        data-autofocus
      />
      <TextInput
        label={words.email}
        description={words.emailHint}
        type="email"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        error={fieldError(save.error, '/email')}
        autoComplete="off"
        required
      />
      <GrantsFields value={grants} error={save.error} onChange={setGrants} />
    </DialogForm>
  );
}
