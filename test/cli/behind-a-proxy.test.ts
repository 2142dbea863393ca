import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { composeCore, type Core } from '../../cli/parts/compose.ts';
import { readConfig } from '../../config.ts';
import { startStorageApi, type StorageApi } from '../../examples/storage-api/storage-api.ts';
import { embeddedTemporal } from '../../temporal/connect.ts';
import { startHostApi } from '../support/host-apis.ts';
import { startBehindAProxy, type BehindAProxy } from '../support/network/behind-a-proxy.ts';

let network: BehindAProxy;
let api: Awaited<ReturnType<typeof startHostApi>>;
let platform: StorageApi;
const cores: Core[] = [];
const { signal } = new AbortController();

beforeAll(async () => {
  [network, api, platform] = await Promise.all([
    startBehindAProxy(),
    startHostApi(),
    startStorageApi(),
  ]);
  await network.addHost(api.url, 'git.example.test:443', 'id.example.test:443');
  await network.addHost(platform.url, 'connection.example.test:443');
  const issuer = 'https://id.example.test';
  api.answers['/.well-known/openid-configuration'] = [
    200,
    { issuer, authorization_endpoint: `${issuer}/auth`, jwks_uri: `${issuer}/jwks` },
  ];
  api.answers['/api/v1/repos/shop/mirror'] = [200, { full_name: 'shop/mirror', private: true }];
});
afterAll(async () => {
  for (const core of cores) await core.close();
  await Promise.all([api.close(), platform.close()]);
  await network.close();
});
beforeEach(() => {
  network.proxy.asked.length = 0;
});

/** What a process shares that was started with this environment. */
function coreWith(env: Record<string, string>): Core {
  const core = composeCore({
    // Names that end in `.test` never resolve (RFC 6761).
    config: readConfig({ GITWARD_TRUST_PROXY_DNS: 'true', ...env }),
    tracing: null,
    logger: pino({ level: 'silent' }),
    databaseUrl: 'postgres://nobody@127.0.0.1:9/none',
    temporal: embeddedTemporal('127.0.0.1:9', 'default'),
    masterKey: randomBytes(32),
  });
  cores.push(core);
  return core;
}

/** Each client, and the host that it asks. */
const clients: [string, string, (core: Core) => Promise<unknown>][] = [
  [
    'a host’s API',
    'git.example.test',
    ({ hosts }) =>
      hosts.ask(
        { url: 'https://git.example.test/shop/mirror.git', branch: 'main', credential: null },
        { signal },
      ),
  ],
  [
    'a platform',
    'connection.example.test',
    ({ openSource }) => {
      const address = {
        kind: 'keboola',
        url: 'https://connection.example.test',
        token: platform.token,
      };
      return openSource(address, platform.projectId).verify({ signal });
    },
  ],
  [
    'an identity provider',
    'id.example.test',
    ({ identityProviders }) =>
      identityProviders.authorizationUrl(
        { issuer: 'https://id.example.test', clientId: 'gitward', clientSecret: 'secret' },
        {
          ...{ state: 's', nonce: 'n', codeVerifier: 'v', scopes: ['openid'] },
          redirectUri: 'https://gitward.example/back',
        },
      ),
  ],
];

test.each(clients)(
  '%s is reached through the proxy, and with the private authority',
  async (_client, host, ask) => {
    const env = { HTTPS_PROXY: network.proxy.url, GITWARD_CA_FILE: network.authority.file };
    const answer = await ask(coreWith(env));
    expect(JSON.stringify(answer)).toMatch(/private|Shop|id\.example\.test\/auth/);
    expect(network.proxy.asked.length).toBeGreaterThan(0);
    for (const asked of network.proxy.asked)
      expect(asked).toEqual({ authority: `${host}:443`, authorized: true });
  },
);

test.each([
  [{}, /id\.example\.test is not from an authority .* GITWARD_CA_FILE/],
  [
    { HTTPS_PROXY: 'http://carol:guessed-1@127.0.0.1:9' },
    /The proxy http:\/\/127\.0\.0\.1:9 cannot/,
  ],
])('an identity provider that cannot be reached says why: %j', async (env, words) => {
  const [, , ask] = clients[2]!;
  const asking = ask(coreWith({ HTTPS_PROXY: network.proxy.url, ...env }));
  await expect(asking).rejects.toThrow(words);
  await expect(asking).rejects.not.toThrow(/guessed|7c1f/);
});
