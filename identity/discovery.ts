import { createHash } from 'node:crypto';
import { createRemoteJWKSet, customFetch as jwksFetch, type JWTVerifyGetKey } from 'jose';
import * as client from 'openid-client';
import type { ProviderClient } from '../model/access/open-id-connect.ts';
import type { Fetch } from './bounded-fetch.ts';
import { unavailable } from './provider-failure.ts';

/** A provider as it describes itself, for one client. */
export interface Discovered {
  config: client.Configuration;
  /** The keys that it signs with. */
  keys: JWTVerifyGetKey;
}

/** How long a description is believed, in milliseconds. */
const believed = 60 * 60_000;
/** How long a request may take, in seconds. */
const timeout = 5;

/**
 * Asks providers for their descriptions (OpenID Connect Discovery 1.0), and keeps the last one for an
 * hour. Rejects with `ProviderUnavailable`.
 */
export function createDiscovery(fetch: Fetch): (of: ProviderClient) => Promise<Discovered> {
  let last: { key: string; at: number; found: Promise<Discovered> } | null = null;
  return async (of) => {
    const key = createHash('sha256')
      .update(JSON.stringify([of.issuer, of.clientId, of.clientSecret]))
      .digest('hex');
    const isKnown = last?.key === key && Date.now() - last.at < believed;
    const asked =
      last !== null && isKnown ? last : { key, at: Date.now(), found: discover(of, fetch) };
    last = asked;
    try {
      return await asked.found;
    } catch (error) {
      // The next one asks again.
      asked.at = 0;
      throw unavailable(error);
    }
  };
}

async function discover(
  { issuer, clientId, clientSecret }: ProviderClient,
  fetch: Fetch,
): Promise<Discovered> {
  const url = new URL(issuer);
  const config = await client.discovery(url, clientId, clientSecret, authentication(clientSecret), {
    [client.customFetch]: fetch,
    timeout,
    execute: [
      client.enableNonRepudiationChecks,
      // The address policy has the last word: `http:` only where private networks are allowed.
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked only to stand out
      ...(url.protocol === 'http:' ? [client.allowInsecureRequests] : []),
    ],
  });
  const { jwks_uri: jwksUri } = config.serverMetadata();
  if (jwksUri === undefined) throw new Error(`${issuer} does not say where its keys are.`);
  const keys = createRemoteJWKSet(new URL(jwksUri), {
    [jwksFetch]: fetch,
    timeoutDuration: timeout * 1_000,
  });
  return { config, keys };
}

/** With the secret in a header, as is the default (OpenID Connect Core, section 9), unless the provider only takes it in the form. */
function authentication(secret: string): client.ClientAuth {
  const [basic, post] = [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)];
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    (methods.includes('client_secret_basic') ? basic : post)(server, ...rest);
  };
}
