import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { webhookSchemes, type WebhookScheme } from '../../../../model/knowledge/space.ts';
import { api, dataOf } from '../../../api/client.ts';
import type { Space } from '../../../api/types.ts';
import { Confirm, type Question } from '../../../parts/confirm.tsx';
import { spaceQuery } from '../../../parts/knowledge/space-queries.ts';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import { webhookQuery } from './settings-queries.ts';
import { WebhookPaste, type MadeWebhook } from './webhook-paste.tsx';
import { likelyScheme, newSecret } from './webhook-settings.ts';

const { webhook: words } = texts.spaceSettings;

/** Sets up a space's webhook: makes its secret, shows what the host has to be told, and says when the host was heard. */
export function WebhookSetup({ space: { id, repository, webhook } }: { space: Space }) {
  const client = useQueryClient();
  const [scheme, setScheme] = useState(webhook?.scheme ?? likelyScheme(repository.url));
  const [made, setMade] = useState<MadeWebhook | null>(null);
  const [question, setQuestion] = useState<Question | null>(null);
  const { data: state } = useQuery(webhookQuery(id));
  const put = useMutation({
    mutationFn: async (given: { scheme: WebhookScheme; secret: string } | null) => {
      // Only what comes after this was signed with the new secret.
      const { lastDelivery } = await client.query({ ...webhookQuery(id), staleTime: 0 });
      const params = { path: { space: id } };
      const body = { webhook: given && { scheme: given.scheme, secrets: [given.secret] } };
      const now = await dataOf(api.PATCH('/v1/spaces/{space}', { params, body }));
      client.setQueryData(spaceQuery(id).queryKey, now);
      return given && { ...given, lastDelivery };
    },
    onSuccess: (given) => {
      setMade(given);
      setQuestion(null);
      void client.invalidateQueries(webhookQuery(id));
      if (given === null) notifications.show({ message: words.removed });
    },
    gcTime: 0,
  });
  const make = () => put.mutate({ scheme, secret: newSecret() });
  return (
    <Stack gap="sm">
      <Text size="sm">{words.hint}</Text>
      {made === null && (
        <>
          {webhook !== null && (
            <Text size="sm" component="div">
              {`${words.hosts[webhook.scheme]} · `}
              {state?.lastDelivery == null ? (
                words.never
              ) : (
                <>
                  {words.last} <Time at={state.lastDelivery} />
                </>
              )}
            </Text>
          )}
          {webhook?.secrets === null && (
            <Text size="sm" c="red">
              {words.unreadable}
            </Text>
          )}
          <Group align="flex-end" gap="xs">
            <Select
              label={words.host}
              data={webhookSchemes.map((one) => ({ value: one, label: words.hosts[one] }))}
              value={scheme}
              onChange={(chosen) =>
                setScheme(webhookSchemes.find((one) => one === chosen) ?? scheme)
              }
              allowDeselect={false}
            />
            <Button
              variant={webhook === null ? 'filled' : 'default'}
              loading={put.isPending}
              onClick={make}
            >
              {webhook === null ? words.make : words.renew}
            </Button>
            {webhook !== null && (
              <Button
                variant="subtle"
                color="red"
                onClick={() => setQuestion(words.removeQuestion)}
              >
                {words.remove}
              </Button>
            )}
          </Group>
          {webhook !== null && (
            <Text size="xs" c="dimmed">
              {words.lateSecret}
            </Text>
          )}
        </>
      )}
      {put.error && question === null && <ProblemAlert error={put.error} />}
      {made !== null && <WebhookPaste space={id} repositoryUrl={repository.url} made={made} />}
      <Confirm
        question={question}
        isWorking={put.isPending}
        error={put.error}
        onConfirm={() => put.mutate(null)}
        onClose={() => setQuestion(null)}
      />
    </Stack>
  );
}
