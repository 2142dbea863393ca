import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { GitServer } from '../../../examples/git-server/git-server.ts';
import { startStorageApi, type StorageApi } from '../../../examples/storage-api/storage-api.ts';
import { publicAddress, startBehindAProxy, type BehindAProxy } from '../../support/network/behind-a-proxy.ts'; // prettier-ignore
import { TestInstallation, type Run } from './installation.ts';

let network: BehindAProxy;
let git: GitServer;
let platform: StorageApi;
let installation: TestInstallation;
let npm: Run;
let token: string;

beforeAll(async () => {
  [network, git, platform, installation] = await Promise.all([
    startBehindAProxy(),
    GitServer.start(),
    startStorageApi(),
    TestInstallation.make(),
  ]);
  // Names that end in `.test` never resolve (RFC 6761): only the proxy knows them.
  await network.addHost(git.url('any'), 'git.example.test:443', `${publicAddress}:443`);
  await network.addHost(platform.url, 'connection.example.test:443');
  npm = await installation.npmStart({
    ...{ HTTPS_PROXY: network.proxy.url, https_proxy: '' },
    GITWARD_CA_FILE: network.authority.file,
    GITWARD_TRUST_PROXY_DNS: 'true',
    ...{ GITWARD_WINDOW: '1s', GITWARD_SAVE_WINDOW: '300ms', GITWARD_POLL_INTERVAL: '1s' },
    GITWARD_LOG_LEVEL: 'trace',
    GITWARD_LOG_SAMPLE: '1',
  });
  token = (await readFile(join(installation.dataDir, 'admin-token'), 'utf8')).trim();
});
afterAll(async () => {
  await installation.remove();
  await Promise.all([git.close(), platform.close()]);
  await network.close();
}, 120_000);

/** Calls the API as its admin; throws if the answer is not 2xx. */
async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`http://127.0.0.1:${installation.port}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(method !== 'GET' && { body: JSON.stringify(body ?? {}) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text) as T;
}

async function storeCredential(name: string, origin: string): Promise<string> {
  const { username, password } = git.credential!;
  const body = { name, username, origin, token: password };
  return (await call<{ id: string }>('POST', '/v1/credentials', body)).id;
}

function askedHosts(): string[] {
  return [...new Set(network.proxy.asked.map(({ authority }) => authority))].sort();
}

test('a mirror goes through the proxy, from the platform to Git', async () => {
  const repository = await git.createRepository('mirror');
  await call('POST', '/v1/projects', {
    ...{ id: platform.projectId, name: 'Shop' },
    source: { kind: 'keboola', url: 'https://connection.example.test', token: platform.token },
  });
  const origin = 'https://git.example.test';
  const credentialId = await storeCredential('by name', origin);
  const mirror = `/v1/projects/${platform.projectId}/mirrors/default`;
  await call('PUT', mirror, {
    repository: { url: `${origin}/mirror.git`, branch: 'main', credentialId },
  });
  const untilSynced = () =>
    vi.waitFor(
      async () =>
        expect(await call('GET', mirror)).toMatchObject({ state: 'synced', outage: null }),
      { timeout: 60_000, interval: 200 },
    );
  await untilSynced();
  expect(await repository.log()).toHaveLength(1);

  const key = { componentId: 'keboola.ex-db-mysql', configId: '7' };
  await call('POST', '/v1/events', [platform.change(key)]);
  await vi.waitFor(async () => expect(await repository.log()).toHaveLength(2), 60_000);
  expect(askedHosts()).toEqual(['connection.example.test:443', 'git.example.test:443']);
});

test('a space goes through it both ways, to an address that we judged ourselves', async () => {
  network.proxy.asked.length = 0;
  const repository = await git.createRepository('knowledge');
  const path = 'knowledge/customers/acme.md';
  const entry = '---\nid: acme\nname: Acme\n---\n# Acme\n';
  await repository.commit({ files: { [path]: entry } });
  const origin = `https://${publicAddress}`;
  const credentialId = await storeCredential('by address', origin);
  await call('POST', '/v1/spaces', {
    ...{ id: 'sales', name: 'Sales' },
    repository: { url: `${origin}/knowledge.git`, branch: 'main', credentialId },
  });
  const entries = '/v1/spaces/sales/entries';
  const read = await vi.waitFor(() => call<{ blob: string }>('GET', `${entries}/acme`), 60_000);
  await call('PUT', `${entries}/acme?wait=commit`, {
    ...{ base: read.blob, text: entry.replace('# Acme', '# Acme, Inc.') },
  });
  expect(await repository.read(path)).toContain('# Acme, Inc.');
  expect(askedHosts()).toEqual(expect.arrayContaining([`${publicAddress}:443`]));
});

test('/readyz says so, and the password of the proxy is nowhere', async () => {
  expect(network.proxy.asked.every(({ authorized }) => authorized)).toBe(true);
  expect(await call('GET', '/readyz')).toMatchObject({
    network: {
      httpsProxy: network.proxy.origin,
      trustProxyDns: true,
      certificateFiles: [network.authority.file],
    },
  });
  expect(npm.output()).toContain('request completed');
  expect(npm.output()).not.toContain('7c1f');
  const log = await readFile(join(installation.dataDir, 'postgres.log'), 'utf8');
  expect(log).not.toContain('7c1f');
});

test('a wrong password of the proxy is an outage that says so, and ends by itself', async () => {
  network.proxy.isLocked = true;
  const mirror = `/v1/projects/${platform.projectId}/mirrors/default`;
  await call('POST', '/v1/events', [
    platform.change({ componentId: 'keboola.ex-db-mysql', configId: '7' }),
  ]);
  const failed = await vi.waitFor(
    async () => {
      const status = await call<{ outage: { reason: { message: string } } | null }>('GET', mirror);
      expect(status.outage).not.toBeNull();
      return status.outage;
    },
    { timeout: 60_000, interval: 200 },
  );
  expect(failed?.reason.message).toContain(
    `The proxy ${network.proxy.origin} refuses the user or the password in HTTPS_PROXY (407).`,
  );
  network.proxy.isLocked = false;
  await call('POST', `${mirror}/actions/retry`);
  await vi.waitFor(
    async () => expect(await call('GET', mirror)).toMatchObject({ state: 'synced', outage: null }),
    { timeout: 60_000, interval: 200 },
  );
});
