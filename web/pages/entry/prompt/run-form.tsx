import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Card } from '../../../parts/card.tsx';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { texts } from '../../../texts/index.ts';
import { environmentsQuery, isLatest } from '../../environments/environment-queries.ts';
import { promptQuery } from '../filling/fill-queries.ts';
import type { EntryPath } from '../history/history-queries.ts';
import { runsQuery, startRun } from './check-queries.ts';
import { choiceOf, choiceText, type Choice } from './check-words.ts';

const { checks: words } = texts;
const allVariants = '';

/** Says which version's examples are run, and begins it. */
export function RunForm({
  path,
  model: { model, address },
  choice: first,
  onStarted,
}: {
  path: EntryPath;
  model: { model: string; address: string };
  choice: Choice;
  onStarted: (run: string) => void;
}) {
  const client = useQueryClient();
  const [choice, setChoice] = useState(choiceText(first));
  const [variant, setVariant] = useState(allVariants);
  const { data: environments } = useQuery(environmentsQuery(path.space));
  const { data: prompt } = useQuery(promptQuery(path, undefined));
  const start = useMutation({
    mutationFn: () => {
      const { env, promoted = false } = choiceOf(choice);
      return startRun(path, {
        ...{ env, isPromoted: promoted },
        ...(variant !== allVariants && { variant }),
      });
    },
    onSuccess: ({ id }) => {
      void client.invalidateQueries(runsQuery(path));
      onStarted(id);
    },
  });
  const all = environments?.items ?? [];
  const named = all.filter((one) => !isLatest(one));
  const variants = prompt?.variants ?? [];
  return (
    <Card title={words.runTitle}>
      <Stack gap="sm">
        <Group align="end">
          <NativeSelect
            label={words.which}
            flex="1 1 16rem"
            value={choice}
            onChange={({ currentTarget: { value } }) => setChoice(value)}
            data={[
              {
                group: words.groups.as,
                items: all.map((one) => ({
                  value: choiceText({ env: one.name }),
                  label: isLatest(one) ? words.latest : one.name,
                })),
              },
              {
                group: words.groups.promoted,
                items: named.map(({ name }) => ({
                  value: choiceText({ env: name, promoted: true }),
                  label: words.ifPromoted(name),
                })),
              },
            ].filter(({ items }) => items.length > 0)}
          />
          {variants.length > 0 && (
            <NativeSelect
              label={words.variant}
              flex="1 1 10rem"
              value={variant}
              onChange={({ currentTarget: { value } }) => setVariant(value)}
              data={[
                { value: allVariants, label: words.allVariants },
                ...variants.map((name) => ({ value: name, label: name })),
              ]}
            />
          )}
          <Button
            leftSection={<IconPlayerPlay size={16} aria-hidden />}
            loading={start.isPending}
            onClick={() => start.mutate()}
          >
            {words.run}
          </Button>
        </Group>
        <Text size="sm" c="dimmed">
          {words.model(model, new URL(address).host)}
        </Text>
        {start.error && <ProblemAlert error={start.error} />}
      </Stack>
    </Card>
  );
}
