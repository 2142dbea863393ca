import { Button, Group, List, SimpleGrid, Stack, Text } from '@mantine/core';
import { Card } from '../../../parts/card.tsx';
import { Facts } from '../../../parts/facts.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import type { Grants } from '../shared/grants-form.ts';
import { grantsText } from '../shared/grants-text.ts';
import { ProviderAddresses } from './provider-addresses.tsx';
import type { ProviderView } from './provider-queries.ts';

const { openIdConnect: words, common } = texts;

/** The provider that is connected, what it needs, and what its groups may do. */
export function ProviderShown({
  provider,
  onRemove,
}: {
  provider: ProviderView;
  onRemove: () => void;
}) {
  const { name, issuer, clientId, scopes, groupsClaim, rules, everyone, updatedAt } = provider;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <Stack>
        <Card title={words.provider}>
          <Facts
            facts={[
              [words.name, name],
              [words.issuer, issuer],
              [words.clientId, clientId],
              [words.scopes, scopes.join(' ')],
              [words.groupsClaim, groupsClaim],
              [words.updated, <Time key="updated" at={updatedAt} />],
            ]}
          />
        </Card>
        <ProviderAddresses
          redirectUri={provider.redirectUri}
          backChannelLogoutUri={provider.backChannelLogoutUri}
        />
      </Stack>
      <Stack>
        <Card title={words.rules}>
          <Text size="sm" c="dimmed" mb="xs">
            {rules.length === 0 ? words.noRules : words.rulesHint}
          </Text>
          <List type="ordered" size="sm" spacing="xs">
            {rules.map((rule, at) => (
              <List.Item key={at}>
                <Text size="sm" fw={600} span>
                  {rule.group}
                </Text>
                {`: ${grantsShort(rule)}`}
              </List.Item>
            ))}
          </List>
          <Text size="sm" mt="xs">
            {`${words.everyone}: ${everyone === null ? words.everyoneOut : grantsShort(everyone)}`}
          </Text>
        </Card>
        <Group justify="flex-end">
          <Button variant="subtle" color="red" onClick={onRemove}>
            {words.remove}
          </Button>
        </Group>
      </Stack>
    </SimpleGrid>
  );
}

function grantsShort(grants: Grants): string {
  const seen = grantsText(grants).toLowerCase();
  return `${common.roles[grants.role].name}, ${seen === common.none ? words.seesNothing : seen}`;
}
