import { Stack, Text } from '@mantine/core';
import { Card } from '../../../parts/card.tsx';
import { texts } from '../../../texts/index.ts';
import { CopyField } from '../shared/shown-once.tsx';

const { openIdConnect: words } = texts;

/** The addresses that the provider has to know, to be copied. */
export function ProviderAddresses({
  redirectUri,
  backChannelLogoutUri,
}: {
  redirectUri: string;
  backChannelLogoutUri: string;
}) {
  return (
    <Card title={words.atProvider}>
      <Stack gap="sm">
        <Text size="sm">{words.atProviderHint}</Text>
        <CopyField label={words.redirectUri} value={redirectUri} />
        <CopyField label={words.signOutUri} value={new URL('/sign-in', redirectUri).href} />
        <CopyField label={words.logoutUri} value={backChannelLogoutUri} />
      </Stack>
    </Card>
  );
}

/** The same before there is a provider: as this page is reached. */
export function addressesHere(): { redirectUri: string; backChannelLogoutUri: string } {
  const base = `${window.location.origin}/v1/sign-in/open-id-connect`;
  return {
    redirectUri: `${base}/callback`,
    backChannelLogoutUri: `${base}/back-channel-logout`,
  };
}
