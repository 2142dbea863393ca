import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf } from '../../../api/client.ts';
import type { Space } from '../../../api/types.ts';
import { Confirm, type Question } from '../../../parts/confirm.tsx';
import { useRights } from '../../../parts/knowledge/rights.ts';
import { spaceQuery } from '../../../parts/knowledge/space-queries.ts';
import { texts } from '../../../texts/index.ts';
import { RuleFacts } from './rules/rules-card.tsx';
import { rulesQuery } from './settings-queries.ts';

const { spaceSettings: words } = texts;

/** What is asked, and which files it is about: those that were seen, not what may have been pushed since. */
interface Asked {
  asks: Question;
  what: 'kinds' | 'rules';
  digest: string;
}

/** What was pushed and has no effect until an admin has seen and accepted it: schema files, and weaker rules of review. */
export function AcceptWaiting({ space }: { space: Space }) {
  const client = useQueryClient();
  const { may } = useRights(space.id);
  const { data: rules } = useQuery(rulesQuery(space.id));
  const [question, setQuestion] = useState<Asked | null>(null);
  const waiting = rules?.waiting ?? null;
  const accept = useMutation({
    mutationFn: ({ what, digest }: Asked) => {
      const params = { path: { space: space.id } };
      return dataOf(
        what === 'kinds'
          ? api.POST('/v1/spaces/{space}/actions/accept-kinds', {
              params,
              body: { heldKinds: digest },
            })
          : api.POST('/v1/spaces/{space}/actions/accept-rules', {
              params,
              body: { heldRules: digest },
            }),
      );
    },
    onSuccess: (now, { what }) => {
      client.setQueryData(spaceQuery(space.id).queryKey, now);
      void client.invalidateQueries(rulesQuery(space.id));
      setQuestion(null);
      notifications.show({ message: what === 'kinds' ? words.kindsAccepted : words.rulesAccepted });
    },
  });
  const mayAccept = may('admin');
  const ask = (asked: Asked) => {
    accept.reset();
    setQuestion(asked);
  };
  return (
    <>
      {space.heldKinds !== null && (
        <Alert color="yellow" title={words.waitingKinds}>
          <Text size="sm">{words.waitingKindsText}</Text>
          {mayAccept && (
            <Group mt="sm">
              <Button
                size="xs"
                variant="default"
                onClick={() =>
                  ask({
                    asks: words.acceptKindsQuestion,
                    what: 'kinds',
                    digest: space.heldKinds ?? '',
                  })
                }
              >
                {words.acceptKinds}
              </Button>
            </Group>
          )}
        </Alert>
      )}
      {space.heldRules !== null && waiting !== null && (
        <Alert color="yellow" title={words.waitingRules}>
          <Stack gap="sm">
            <Text size="sm">{words.waitingRulesText}</Text>
            {waiting.rules.length === 0 && <Text size="sm">{words.noRulesWaiting}</Text>}
            {waiting.rules.map((rule) => (
              <RuleFacts key={rule.name} space={space} rule={rule} />
            ))}
            {mayAccept && (
              <Group>
                <Button
                  size="xs"
                  variant="default"
                  onClick={() =>
                    ask({ asks: words.acceptRulesQuestion, what: 'rules', digest: waiting.digest })
                  }
                >
                  {words.acceptRules}
                </Button>
              </Group>
            )}
          </Stack>
        </Alert>
      )}
      <Confirm
        question={question?.asks ?? null}
        isWorking={accept.isPending}
        error={accept.error}
        onConfirm={() => question !== null && accept.mutate(question)}
        onClose={() => setQuestion(null)}
      />
    </>
  );
}
