import { Button, Popover, Select, Stack, Text } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useState } from 'react';
import { texts } from '../../texts/index.ts';
import type { ScalarField } from './scalar-fields.ts';
import { fieldTerm } from './search-terms.ts';
import { ValueInput } from './value-input.tsx';

const { entries: words } = texts;

/** Narrows a list to the entries of which a field has a value, for those who do not know how to write that in the search box. */
export function FieldFilter({
  fields,
  onTerm,
}: {
  fields: ScalarField[];
  onTerm: (term: string) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState<string | null>(null);
  const [value, setValue] = useState('');
  if (fields.length === 0) return null;
  const field = fields.find((one) => one.name === name);
  // A number or a truth value is found without quotes only.
  const term =
    field?.type === 'number' || field?.type === 'flag'
      ? `${field.name}:${value.trim().replaceAll(/\s/g, '')}`
      : fieldTerm(field?.name ?? '', value);
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-end"
      trapFocus
      returnFocus
      withArrow
    >
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconFilter size={16} aria-hidden />}
          onClick={() => setOpen(!isOpen)}
        >
          {words.filter}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.filterTitle}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (field === undefined || value.trim() === '') return;
            onTerm(term);
            setOpen(false);
            setValue('');
          }}
        >
          <Stack gap="xs" w="15rem">
            <Text size="sm" fw={600}>
              {words.filterTitle}
            </Text>
            <Select
              label={words.field}
              data={fields.map((one) => one.name)}
              value={name}
              onChange={(chosen) => {
                setName(chosen);
                setValue('');
              }}
              searchable={fields.length > 8}
              comboboxProps={{ withinPortal: false }}
            />
            <ValueInput field={field} value={value} onChange={setValue} />
            <Button type="submit" disabled={field === undefined || value.trim() === ''}>
              {words.addFilter}
            </Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
