import { Stack, Text } from '@mantine/core';
import { pointerToken } from '../../../../model/text/json-pointer.ts';
import { Card } from '../../../parts/card.tsx';
import { fieldError } from '../../../parts/field-error.ts';
import { valueText } from '../../../parts/knowledge/value-text.ts';
import { texts } from '../../../texts/index.ts';
import { FieldInput } from '../form/field-input.tsx';
import { spoken } from '../form/spoken.ts';
import type { Variable } from './fill-queries.ts';
import { controlOfVariable, shownValue, type Given } from './fill-values.ts';

const { templates: words } = texts;

/** A form of variables: each by its type, with its default, and what is wrong with it beside it. */
export function ValuesCard({
  variables,
  given,
  error,
  onChange,
}: {
  variables: readonly Variable[];
  given: Given;
  /** What was refused. */
  error: Error | null;
  onChange: (given: Given) => void;
}) {
  return (
    <Card title={words.values}>
      <Stack gap="sm">
        {variables.length === 0 && (
          <Text size="sm" c="dimmed">
            {words.noValues}
          </Text>
        )}
        {variables.map((variable) => {
          const { name, required } = variable;
          return (
            <FieldInput
              key={name}
              control={controlOfVariable(variable)}
              label={spoken(name)}
              help={helpOf(variable)}
              error={fieldError(error, `/values/${pointerToken(name)}`)}
              isRequired={required}
              value={shownValue(given, variable)}
              used={[]}
              onChange={(value) => onChange({ ...given, [name]: value })}
            />
          );
        })}
      </Stack>
    </Card>
  );
}

function helpOf({ description, default: preset }: Variable): string | null {
  const isSaid = preset !== null && typeof preset !== 'boolean';
  const said = isSaid ? words.defaultIs(valueText(preset)) : null;
  return [description, said].filter((one) => one !== null).join(' · ') || null;
}
