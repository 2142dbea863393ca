import { ActionIcon, Box, Button, Fieldset, Group, Input, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { JsonValue } from '../../../../model/knowledge/entry.ts';
import { texts } from '../../../texts/index.ts';
import type { FieldControl } from './field-control.ts';
import type { FieldInputProps, FieldInputs } from './field-input-props.ts';
import { spoken } from './spoken.ts';

const words = texts.entry;

interface Columns {
  /** For what is inside. */
  inputs: FieldInputs;
  columns: readonly { name: string; control: FieldControl }[];
}
type Row = Record<string, JsonValue>;

/** A list of objects, such as people with a name and an address: each is a row of inputs. */
export function RowsInput({
  label,
  help,
  error,
  value,
  columns,
  inputs,
  onChange,
}: FieldInputProps & Columns) {
  const rows = (Array.isArray(value) ? value : []) as Row[];
  const change = (next: Row[]) => onChange(next.length === 0 ? undefined : next);
  return (
    <Fieldset legend={label} variant="default" p="sm">
      <Stack gap="xs">
        {help !== null && (
          <Text size="xs" c="dimmed">
            {help}
          </Text>
        )}
        {rows.map((row, at) => (
          // Rows have no identity of their own.
          <Group key={at} gap="xs" align="flex-end" wrap="nowrap">
            <Box flex={1} miw={0}>
              <RowInputs
                row={row}
                columns={columns}
                inputs={inputs}
                onChange={(next) => change(rows.map((one, index) => (index === at ? next : one)))}
              />
            </Box>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={words.removeRow(label, at + 1)}
              onClick={() => change(rows.filter((_, index) => index !== at))}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        {error !== undefined && <Input.Error>{error}</Input.Error>}
        <Group>
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<IconPlus size={14} aria-hidden />}
            aria-label={`${words.add}: ${label}`}
            onClick={() => change([...rows, {}])}
          >
            {words.add}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}

/** An object with known fields: an input for each. */
export function GroupInput({
  label,
  help,
  error,
  value,
  columns,
  inputs,
  onChange,
}: FieldInputProps & Columns) {
  const row = (typeof value === 'object' && value !== null ? value : {}) as Row;
  return (
    <Fieldset legend={label} variant="default" p="sm">
      {help !== null && (
        <Text size="xs" c="dimmed" mb="xs">
          {help}
        </Text>
      )}
      <RowInputs
        row={row}
        columns={columns}
        inputs={inputs}
        onChange={(next) => onChange(Object.keys(next).length === 0 ? undefined : next)}
      />
      {error !== undefined && <Input.Error>{error}</Input.Error>}
    </Fieldset>
  );
}

function RowInputs({
  row,
  columns,
  inputs: FieldInput,
  onChange,
}: Columns & { row: Row; onChange: (row: Row) => void }) {
  return (
    <Stack gap={6}>
      {columns.map(({ name, control }) => (
        <FieldInput
          key={name}
          control={control}
          label={spoken(name)}
          help={null}
          error={undefined}
          value={row[name]}
          used={[]}
          onChange={(value) => {
            const next = { ...row };
            // What is empty is left out; the others stay in their order.
            if (value === undefined) Reflect.deleteProperty(next, name);
            else next[name] = value;
            onChange(next);
          }}
        />
      ))}
    </Stack>
  );
}
