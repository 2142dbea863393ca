import { Select, Text } from '@mantine/core';
import { useState } from 'react';
import { api, dataOf } from '../../../api/client.ts';
import { DialogForm } from '../../../parts/dialog-form.tsx';
import { texts } from '../../../texts/index.ts';
import type { EntryItem } from '../entries-query.ts';
import { valueOf, type ScalarField } from '../scalar-fields.ts';
import { ValueInput } from '../value-input.tsx';
import { BulkOutcome } from './bulk-outcome.tsx';
import { useBulk } from './use-bulk.ts';

const { bulk: words, field: fieldWord } = texts.entries;

/** Gives a field of several entries the same value. */
export function ChangeMany({
  space,
  items,
  fields,
  onClose,
}: {
  space: string;
  items: readonly EntryItem[];
  fields: ScalarField[];
  onClose: () => void;
}) {
  const [name, setName] = useState(fields[0]?.name ?? '');
  const [typed, setTyped] = useState('');
  const { state, run, stop } = useBulk(space);
  const field = fields.find((one) => one.name === name);
  const value = field && valueOf(field, typed);
  if (state.kind !== 'asked')
    return (
      <BulkOutcome
        space={space}
        state={state}
        done={words.changed}
        onStop={stop}
        onClose={onClose}
      />
    );
  const change = async ({ id, blob }: EntryItem) => {
    const body = { base: blob ?? '', fields: { [name]: value } };
    const params = { path: { space, entry: id } };
    const saved = await dataOf(api.PUT('/v1/spaces/{space}/entries/{entry}', { params, body }));
    return { isInReview: 'review' in saved };
  };
  return (
    <DialogForm
      action={words.change}
      isWorking={false}
      error={null}
      onSubmit={() => value !== undefined && void run(items, change)}
      onCancel={onClose}
    >
      <Text size="sm">{words.changeHint}</Text>
      <Select
        label={fieldWord}
        data={fields.map((one) => one.name)}
        value={name}
        onChange={(chosen) => {
          setName(chosen ?? '');
          setTyped('');
        }}
        allowDeselect={false}
        searchable={fields.length > 8}
      />
      <ValueInput field={field} value={typed} onChange={setTyped} description={words.empty} />
    </DialogForm>
  );
}
