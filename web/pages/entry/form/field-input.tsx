import {
  Autocomplete,
  Code,
  Input,
  NumberInput,
  Select,
  Switch,
  TagsInput,
  Textarea,
  TextInput,
} from '@mantine/core';
import { texts } from '../../../texts/index.ts';
import type { FieldControl } from './field-control.ts';
import type { FieldInputProps } from './field-input-props.ts';
import { GroupInput, RowsInput } from './rows-input.tsx';

const words = texts.entry;

/** The input for a field, as its control says. */
export function FieldInput({ control, ...props }: FieldInputProps & { control: FieldControl }) {
  const {
    label,
    help,
    error,
    isRequired = false,
    isDisabled = false,
    value,
    used,
    onChange,
  } = props;
  const shared = { label, description: help, error, required: isRequired, disabled: isDisabled };
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const typed = (now: string) => onChange(now === '' ? undefined : now);
  switch (control.kind) {
    case 'text':
      return used.length > 0 ? (
        <Autocomplete {...shared} data={[...used]} limit={8} value={text} onChange={typed} />
      ) : (
        <TextInput
          {...shared}
          value={text}
          onChange={(event) => typed(event.currentTarget.value)}
        />
      );
    case 'longText':
      return (
        <Textarea
          {...shared}
          autosize
          minRows={3}
          maxRows={12}
          value={text}
          onChange={(event) => typed(event.currentTarget.value)}
        />
      );
    case 'url':
    case 'email':
    case 'date':
      return (
        <TextInput
          {...shared}
          type={control.kind}
          value={text}
          onChange={(event) => typed(event.currentTarget.value)}
        />
      );
    case 'number':
      return (
        <NumberInput
          {...shared}
          thousandSeparator=","
          value={typeof value === 'number' ? value : ''}
          onChange={(now) => onChange(typeof now === 'number' ? now : undefined)}
        />
      );
    case 'boolean':
      return (
        <Switch
          {...shared}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'choice':
      return (
        <Select
          {...shared}
          data={[...new Set([...control.options, ...(text === '' ? [] : [text])])]}
          value={text === '' ? null : text}
          clearable
          onChange={(now) => onChange(now ?? undefined)}
        />
      );
    case 'tags': {
      const items = Array.isArray(value) ? value : [];
      // A number stays one.
      const was = new Map(items.map((item) => [String(item as string | number), item]));
      return (
        <TagsInput
          {...shared}
          description={help ?? words.tagsHelp}
          data={[...new Set([...control.options, ...used])]}
          maxDropdownHeight={220}
          clearButtonProps={{ 'aria-label': words.remove }}
          value={[...was.keys()]}
          onChange={(now) =>
            onChange(now.length === 0 ? undefined : now.map((item) => was.get(item) ?? item))
          }
        />
      );
    }
    case 'rows':
      return <RowsInput {...props} columns={control.columns} inputs={FieldInput} />;
    case 'group':
      return <GroupInput {...props} columns={control.columns} inputs={FieldInput} />;
    case 'asIs':
      return (
        <Input.Wrapper label={label} description={help ?? words.asIs} error={error}>
          <Code block mah={160}>
            {JSON.stringify(value, null, 2)}
          </Code>
        </Input.Wrapper>
      );
  }
}
