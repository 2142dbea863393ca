import { openClientSecret, type OpenIdConnectRow } from '../../../db/access/open-id-connect.ts';
import type { Sealer } from '../../../db/sealing.ts';
import type { ProviderClient } from '../../../model/access/open-id-connect.ts';

/** What is needed to talk to the provider of the settings. */
export function providerClient(sealer: Sealer, row: OpenIdConnectRow): ProviderClient {
  const { issuer, clientId } = row;
  return { issuer, clientId, clientSecret: openClientSecret(sealer, row) };
}
