import { Badge, Button, Group, Paper, Skeleton, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useMay } from '../../../../api/session.ts';
import type { Space } from '../../../../api/types.ts';
import { Card } from '../../../../parts/card.tsx';
import { Facts } from '../../../../parts/facts.tsx';
import { wordsOfKind } from '../../../../parts/knowledge/kind-words.ts';
import { ProblemAlert } from '../../../../parts/problem-alert.tsx';
import { texts } from '../../../../texts/index.ts';
import { rulesQuery } from '../settings-queries.ts';
import { RuleDialog, type RuleAction } from './rule-dialog.tsx';
import type { Rule, SettingsRule } from './rule-form.ts';

const { spaceSettings: words, common } = texts;

/** Who must approve which changes. An admin adds, changes and removes the rules of the settings. */
export function RulesCard({ space }: { space: Space }) {
  const { data, error, refetch } = useQuery(rulesQuery(space.id));
  const isAdmin = useMay('admin');
  const [action, setAction] = useState<RuleAction | null>(null);
  return (
    <Card
      title={words.rules}
      aside={
        isAdmin && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => setAction({ what: 'add' })}
          >
            {words.addRule}
          </Button>
        )
      }
    >
      <Stack gap="sm">
        {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
        {data === undefined && error === null && <Skeleton h={44} />}
        {data?.rules.length === 0 && <Text size="sm">{words.noRules}</Text>}
        {data?.rules.map((rule) => (
          <RuleFacts
            key={`${rule.from} ${rule.name}`}
            space={space}
            rule={rule}
            actions={
              isAdmin &&
              rule.from === 'settings' && (
                <RuleButtons name={rule.name} onAction={(what) => setAction({ what, rule })} />
              )
            }
          />
        ))}
        <Text size="xs" c="dimmed">
          {words.rulesHint}
        </Text>
      </Stack>
      <RuleDialog space={space} action={action} onClose={() => setAction(null)} />
    </Card>
  );
}

/** What can be done to the rule of this name. */
function RuleButtons({
  name,
  onAction,
}: {
  name: string;
  onAction: (what: 'edit' | 'remove') => void;
}) {
  return (
    <Group gap="xs">
      {(['edit', 'remove'] as const).map((what) => (
        <Button
          key={what}
          size="compact-xs"
          variant="subtle"
          aria-label={words.ruleActionOf[what](name)}
          onClick={() => onAction(what)}
        >
          {words.ruleAction[what]}
        </Button>
      ))}
    </Group>
  );
}

/** What a rule is about, and who must approve it. */
export function RuleFacts({
  space,
  rule,
  actions,
}: {
  space: Pick<Space, 'kinds'>;
  /** In force, or waiting. */
  rule: SettingsRule & Partial<Rule>;
  actions?: ReactNode;
}) {
  const { name, from, kinds, paths, fields, authors, approvals, approvers, author } = rule;
  return (
    <Paper withBorder p="sm">
      <Group gap="xs" mb="xs">
        <Text size="sm" fw={600}>
          {name}
        </Text>
        {from && (
          <Badge variant="light" color="gray" tt="none">
            {words.ruleFrom[from]}
          </Badge>
        )}
        {actions}
      </Group>
      <Facts
        facts={[
          [words.rule.kinds, kinds?.map((kind) => wordsOfKind(space, kind).many).join(', ')],
          [words.rule.paths, paths?.join(', ')],
          [words.rule.fields, fields?.join(', ')],
          [
            words.rule.authors,
            authors?.map((text) => personWords(text, words.upToRole)).join(', '),
          ],
          [words.rule.approvals, String(approvals)],
          [
            words.rule.approvers,
            approvers?.map((text) => personWords(text, words.fromRole)).join(', ') ??
              words.rule.everybody,
          ],
          ['', author ? words.rule.own : null],
        ]}
      />
    </Paper>
  );
}

/** Who is named: a role in words, or an address as it is. */
function personWords(text: string, wordsOf: (role: string) => string): string {
  const role = text.startsWith('role:') ? text.slice('role:'.length) : '';
  return Object.hasOwn(common.roles, role)
    ? wordsOf(common.roles[role as keyof typeof common.roles].name)
    : text;
}
