import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { EntryFields, JsonSchema } from '../../../../model/knowledge/entry.ts';
import { pointerToken } from '../../../../model/text/json-pointer.ts';
import type { Entry, Kind } from '../../../api/types.ts';
import { Card } from '../../../parts/card.tsx';
import { texts } from '../../../texts/index.ts';
import { entriesOfKindQuery } from '../entry-queries.ts';
import { FieldInput } from './field-input.tsx';
import { formFields, type FormField } from './form-fields.ts';
import { usedValues } from './used-values.ts';

const words = texts.entry;

/** The fields of an entry as its kind describes them; the title is not among them. */
export function EntryForm({
  space,
  kind,
  fields,
  problems,
  isNew,
  setField,
}: {
  space: string;
  kind: Kind;
  fields: EntryFields;
  problems: Entry['problems'];
  isNew: boolean;
  setField: (name: string, value: EntryFields[string] | undefined) => void;
}) {
  // Whoever writes a new one looks for what it can have.
  const [isMore, setMore] = useState(isNew);
  const { data } = useQuery(entriesOfKindQuery(space, kind.name));
  const all = formFields(kind.schema as JsonSchema, fields, kind.titleField);
  const input = (field: FormField) => (
    <FieldInput
      key={field.name}
      control={field.control}
      label={field.label}
      help={field.isSet ? (field.name === 'id' ? words.idHelp : words.setByItself) : field.help}
      error={problemOf(problems, field.name)}
      isRequired={field.isRequired}
      isDisabled={field.isSet}
      value={fields[field.name]}
      used={field.name === 'id' ? [] : usedValues(data?.items ?? [], field.name)}
      onChange={(value) => setField(field.name, value)}
    />
  );
  const isThere = ({ name, isRequired }: FormField) =>
    isRequired || Object.hasOwn(fields, name) || problemOf(problems, name) !== undefined;
  const known = all.filter((field) => field.isKnown && isThere(field));
  // A kind has many fields, and an entry few of them.
  const more = all.filter((field) => field.isKnown && !isThere(field));
  const others = all.filter(({ isKnown }) => !isKnown);
  return (
    <Card title={words.details}>
      <Stack gap="sm">
        {known.map(input)}
        {isMore && more.map(input)}
        {more.length > 0 && (
          <Button
            size="compact-sm"
            variant="subtle"
            aria-expanded={isMore}
            onClick={() => setMore(!isMore)}
          >
            {isMore ? words.fewerFields : words.moreFields(more.length)}
          </Button>
        )}
        {others.length > 0 && (
          <div>
            <Text fw={600} size="sm">
              {words.otherFields}
            </Text>
            <Text size="xs" c="dimmed">
              {words.otherFieldsHelp}
            </Text>
          </div>
        )}
        {others.map(input)}
      </Stack>
    </Card>
  );
}

/** What is wrong with a field or inside it, with the line of the file. */
export function problemOf(problems: Entry['problems'], name: string): string | undefined {
  const pointer = `/${pointerToken(name)}`;
  const found = problems.find(
    (one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`),
  );
  return found && words.line(found.line, found.message);
}
