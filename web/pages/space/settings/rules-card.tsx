import { Badge, Group, Paper, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Answer, Space } from '../../../api/types.ts';
import { Card } from '../../../parts/card.tsx';
import { Facts } from '../../../parts/facts.tsx';
import { wordsOfKind } from '../../../parts/knowledge/kind-words.ts';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { texts } from '../../../texts/index.ts';
import { rulesQuery } from './settings-queries.ts';

const { spaceSettings: words, common } = texts;

type Rules = Answer<'/v1/spaces/{space}/review-rules'>;
/** A rule, whether it is in force or waits. */
export type Rule = NonNullable<Rules['waiting']>['rules'][number] & {
  from?: Rules['rules'][number]['from'];
};

/** Who must approve which changes. */
export function RulesCard({ space }: { space: Space }) {
  const { data, error, refetch } = useQuery(rulesQuery(space.id));
  return (
    <Card title={words.rules}>
      <Stack gap="sm">
        {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
        {data === undefined && error === null && <Skeleton h={44} />}
        {data?.rules.length === 0 && <Text size="sm">{words.noRules}</Text>}
        {data?.rules.map((rule) => (
          <RuleFacts key={`${rule.from} ${rule.name}`} space={space} rule={rule} />
        ))}
        <Text size="xs" c="dimmed">
          {words.rulesHint}
        </Text>
      </Stack>
    </Card>
  );
}

/** What a rule is about, and who must approve it. */
export function RuleFacts({ space, rule }: { space: Pick<Space, 'kinds'>; rule: Rule }) {
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
      </Group>
      <Facts
        facts={[
          [words.rule.kinds, kinds?.map((kind) => wordsOfKind(space, kind).many).join(', ')],
          [words.rule.paths, paths?.join(', ')],
          [words.rule.fields, fields?.join(', ')],
          [words.rule.authors, authors?.map(personWords).join(', ')],
          [words.rule.approvals, String(approvals)],
          [words.rule.approvers, approvers?.map(personWords).join(', ') ?? words.rule.everybody],
          ['', author ? words.rule.own : null],
        ]}
      />
    </Paper>
  );
}

/** Who is named: a role in words, or an address as it is. */
function personWords(text: string): string {
  const role = text.startsWith('role:') ? text.slice('role:'.length) : '';
  return Object.hasOwn(common.roles, role)
    ? words.role(common.roles[role as keyof typeof common.roles].name)
    : text;
}
