import { Alert, Anchor, Group, Loader, Stack, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { WebhookScheme } from '../../../../model/knowledge/space.ts';
import { Facts } from '../../../parts/facts.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import { CopyField } from '../../access/shared/shown-once.tsx';
import { webhookQuery } from './settings-queries.ts';
import { webhookPage } from './webhook-settings.ts';

const { webhook: words } = texts.spaceSettings;
/** How often it is asked whether something was received while one waits for it, in milliseconds. */
const renewal = 2_000;

/** A webhook with a secret that was made here and is not shown again, and when the host was last heard before. */
export interface MadeWebhook {
  scheme: WebhookScheme;
  secret: string;
  lastDelivery: string | null;
}

/** What the host has to be told, to be copied, until it was heard. */
export function WebhookPaste({
  space,
  repositoryUrl,
  made: { scheme, secret, lastDelivery },
}: {
  space: string;
  repositoryUrl: string;
  made: MadeWebhook;
}) {
  const { data } = useQuery({
    ...webhookQuery(space),
    refetchInterval: ({ state }) =>
      state.data === undefined || state.data.lastDelivery === lastDelivery ? renewal : false,
  });
  const received = data?.lastDelivery === lastDelivery ? null : (data?.lastDelivery ?? null);
  const page = webhookPage(repositoryUrl, scheme);
  return (
    <Stack gap="sm">
      <Text fw={600}>{words.paste(words.hosts[scheme])}</Text>
      <Text size="sm">
        {words.where[scheme]}
        {page !== null && (
          <>
            {' · '}
            <Anchor inherit underline="always" href={page} target="_blank" rel="noreferrer">
              {words.page}
            </Anchor>
          </>
        )}
      </Text>
      {data !== undefined && <CopyField label={words.url} value={data.url} />}
      <CopyField label={words.secretField[scheme]} value={secret} />
      <Text size="xs" c="dimmed">
        {words.secretMade}
      </Text>
      <Facts
        facts={[
          [words.method, scheme === 'gitea' ? 'POST' : ''],
          [words.contentType, scheme === 'gitlab' ? '' : 'application/json'],
          [words.events, words.eventsOf[scheme]],
        ]}
      />
      <div role="status">
        {received === null ? (
          <Group wrap="nowrap" gap="sm">
            <Loader size="sm" aria-hidden />
            <Text size="sm">{words.waits}</Text>
          </Group>
        ) : (
          <Alert color="teal" icon={<IconCircleCheck aria-hidden />} title={words.received}>
            <Time at={received} />
          </Alert>
        )}
      </div>
    </Stack>
  );
}
