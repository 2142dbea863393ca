import { ActionIcon, Button, Group, Paper, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconArrowUp, IconPlus, IconX } from '@tabler/icons-react';
import { Card } from '../../../parts/card.tsx';
import { fieldError } from '../../../parts/field-error.ts';
import { texts } from '../../../texts/index.ts';
import { noGrants } from '../shared/grants-form.ts';
import { GrantsFields } from '../shared/grants-fields.tsx';
import { movedUp, type ProviderForm, type RuleForm } from './provider-form.ts';

const { openIdConnect: words } = texts;

/** Which group may do what, and what people whom no rule names may do. */
export function RulesFields({
  form: { rules, letsOthersIn, others },
  error,
  onChange,
}: {
  form: Pick<ProviderForm, 'rules' | 'letsOthersIn' | 'others'>;
  error: Error | null;
  onChange: (changed: Partial<ProviderForm>) => void;
}) {
  const add = () => {
    const key = Math.max(-1, ...rules.map((rule) => rule.key)) + 1;
    onChange({ rules: [...rules, { key, group: '', grants: noGrants }] });
  };
  return (
    <Card title={words.rules}>
      <Stack>
        <Text size="sm" c="dimmed">
          {words.rulesHint}
        </Text>
        {rules.map((rule, at) => (
          <RuleFields
            key={rule.key}
            at={at}
            rule={rule}
            error={error}
            onChange={(now) =>
              onChange({ rules: rules.map((one) => (one.key === now.key ? now : one)) })
            }
            onUp={() => onChange({ rules: movedUp(rules, rule.key) })}
            onRemove={() => onChange({ rules: rules.filter(({ key }) => key !== rule.key) })}
          />
        ))}
        <Group>
          <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
            {words.addRule}
          </Button>
        </Group>
        <Switch
          label={words.everyoneIn}
          checked={letsOthersIn}
          onChange={(event) => onChange({ letsOthersIn: event.currentTarget.checked })}
        />
        {letsOthersIn && (
          <Paper withBorder p="sm" role="group" aria-label={words.everyone}>
            <GrantsFields
              value={others}
              error={error}
              pointer="/everyone"
              onChange={(grants) => onChange({ others: grants })}
            />
          </Paper>
        )}
      </Stack>
    </Card>
  );
}

function RuleFields({
  at,
  rule,
  error,
  onChange,
  onUp,
  onRemove,
}: {
  at: number;
  rule: RuleForm;
  error: Error | null;
  onChange: (rule: RuleForm) => void;
  onUp: () => void;
  onRemove: () => void;
}) {
  const place = at + 1;
  return (
    <Paper withBorder p="sm" role="group" aria-label={words.rule(place)}>
      <Group justify="space-between" wrap="nowrap" mb="xs">
        <Text size="sm" fw={600}>
          {words.rule(place)}
        </Text>
        <Group gap={4} wrap="nowrap">
          {at > 0 && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={words.moveUp(place)}
              onClick={onUp}
            >
              <IconArrowUp size={16} aria-hidden />
            </ActionIcon>
          )}
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={words.removeRule(place)}
            onClick={onRemove}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Group>
      </Group>
      <Stack>
        <TextInput
          label={words.group}
          value={rule.group}
          onChange={(event) => onChange({ ...rule, group: event.currentTarget.value })}
          error={fieldError(error, `/rules/${at}/group`)}
          autoComplete="off"
          required
        />
        <GrantsFields
          value={rule.grants}
          error={error}
          pointer={`/rules/${at}`}
          onChange={(grants) => onChange({ ...rule, grants })}
        />
      </Stack>
    </Paper>
  );
}
