import { Select, TextInput } from '@mantine/core';
import { texts } from '../../texts/index.ts';
import type { ScalarField } from './scalar-fields.ts';

const { entries: words } = texts;

/** Asks for the value of a field in the way that fits it. */
export function ValueInput({
  field,
  value,
  onChange,
  description,
}: {
  field: ScalarField | undefined;
  value: string;
  onChange: (value: string) => void;
  description?: string;
}) {
  const more = { label: words.value, ...(description !== undefined && { description }) };
  const choices =
    field?.type === 'flag'
      ? [
          { value: 'true', label: words.bulk.yes },
          { value: 'false', label: words.bulk.no },
        ]
      : field?.values;
  if (choices !== undefined && choices.length > 0)
    return (
      <Select
        {...more}
        data={choices}
        value={value === '' ? null : value}
        onChange={(chosen) => onChange(chosen ?? '')}
        clearable
        comboboxProps={{ withinPortal: false }}
      />
    );
  return (
    <TextInput
      {...more}
      value={value}
      inputMode={field?.type === 'number' ? 'decimal' : 'text'}
      maxLength={200}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
