import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { GitServer } from '../../../examples/git-server/git-server.ts';
import { createGitClones } from '../../../git/clones/clones.ts';
import { createAddressPolicy } from '../../../network/address-policy.ts';
import { apiUnderTest } from '../api-under-test.ts';

const secret = 'the-right-secret';
const server = await GitServer.start({ credential: { username: 'gitward', password: secret } });
const other = await GitServer.start({ credential: { username: 'gitward', password: secret } });
for (const name of ['mirror', 'space']) await server.createRepository(name);
const directory = await mkdtemp(join(tmpdir(), 'tests-of-credentials-'));
const policy = createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: true });
const clones = await createGitClones({ cacheDirectory: directory, policy });
const api = await apiUnderTest({ clones, addressPolicy: policy });
afterAll(async () => {
  await clones.close();
  await Promise.all([server.close(), other.close()]);
  await rm(directory, { recursive: true, force: true });
});

let names = 0;

async function credential(token = secret, origin = server.url('mirror')): Promise<string> {
  names += 1;
  const body = { name: `c${names}`, username: 'gitward', origin, token };
  const made = await api.call('POST', '/v1/credentials', body);
  expect(made).toMatchObject({ status: 201, body: { usedBy: { count: 0, first: [] } } });
  return String(made.body.id);
}

const tried = (id: string, url?: string) =>
  api.call(
    'POST',
    `/v1/credentials/${id}/actions/test`,
    url === undefined ? {} : { repository: { url } },
  );

describe('trying a credential', () => {
  beforeEach(() => {
    server.requests.length = 0;
    other.requests.length = 0;
    server.answerWith = null;
  });

  test('says that it opens a repository, even an empty one, and writes that down', async () => {
    const id = await credential();
    const { status, body, text } = await tried(id, server.url('mirror'));
    expect([status, body.items]).toEqual([
      200,
      [
        {
          ...{ repository: { url: server.url('mirror') }, result: 'opens' },
          reason: expect.stringContaining('can be read'),
        },
      ],
    ]);
    const audit = await api.call('GET', '/v1/audit?limit=1');
    expect(audit.body.items[0]).toMatchObject({
      ...{ action: 'credential.test', target: `credential/${id}` },
      detail: { results: [{ url: server.url('mirror'), result: 'opens' }] },
    });
    expect(text + audit.text + api.log()).not.toContain(secret);
    // It only read.
    expect(server.requests.filter(({ path }) => path.includes('receive-pack'))).toEqual([]);
  });

  test('says that the host refuses it', async () => {
    const { body, text } = await tried(await credential('a-wrong-secret'), server.url('mirror'));
    expect(body.items[0]).toMatchObject({
      result: 'refused',
      reason: expect.stringContaining('Store one that may read'),
    });
    expect(text).not.toContain('a-wrong-secret');
  });

  test('says that there is no such repository', async () => {
    const { body } = await tried(await credential(), server.url('nothing'));
    expect(body.items[0].result).toBe('not_found');
  });

  test('says that the host does not work', async () => {
    server.answerWith = 500;
    const { body } = await tried(await credential(), server.url('mirror'));
    expect(body.items[0].result).toBe('not_reached');
  });

  test('never sends it to another origin', async () => {
    const { status, body } = await tried(await credential(), other.url('mirror'));
    expect([status, body.items[0].result]).toEqual([200, 'other_origin']);
    expect(body.items[0].reason).toContain('is not sent to');
    expect(other.requests).toEqual([]);
  });

  test('says that a local repository needs none', async () => {
    const { body } = await tried(await credential(), `file://${server.directory}/mirror.git`);
    expect(body.items[0].result).toBe('not_needed');
  });

  test('needs to know a repository', async () => {
    const id = await credential();
    const pointer = { errors: [{ pointer: '/repository' }] };
    expect(await tried(id)).toMatchObject({ status: 422, body: pointer });
    expect(await tried(id, 'ext::sh -c id')).toMatchObject({
      ...{ status: 422, body: { errors: [{ pointer: '/repository/url' }] } },
    });
    const nobody = '00000000-0000-4000-8000-000000000009';
    expect(await tried(nobody, server.url('mirror'))).toMatchObject({
      ...{ status: 404, body: { code: 'credential_not_found' } },
    });
  });
});

describe('the uses of a credential', async () => {
  const id = await credential();
  for (const project of ['bank', 'shop']) {
    await api.call('POST', '/v1/projects', { id: project, source: { kind: 'sample' } });
    const repository = { url: server.url('mirror'), branch: project, credentialId: id };
    await api.call('PUT', `/v1/projects/${project}/mirrors/1`, { repository });
  }
  const repository = { url: server.url('space'), branch: 'main', credentialId: id };
  await api.call('POST', '/v1/spaces', { id: 'sales', name: 'Sales', repository });

  const usesSeenBy = async (token?: string) => {
    const { body } = await api.call('GET', '/v1/credentials', undefined, token);
    const items = body.items as { id: string; usedBy: { count: number; first: object[] } }[];
    return items.find((item) => item.id === id)?.usedBy;
  };

  test('are listed, and are tried if no repository is given, each once', async () => {
    const all = [
      { product: 'mirror', id: 'mirror/bank/1', name: 'Project bank' },
      { product: 'mirror', id: 'mirror/shop/1', name: 'Project shop' },
      { product: 'space', id: 'space/sales', name: 'Sales' },
    ];
    expect(await usesSeenBy()).toEqual({ count: 3, first: all });
    const { body } = await tried(id);
    expect(body.items).toMatchObject([
      { repository: { url: server.url('mirror') }, result: 'opens' },
      { repository: { url: server.url('space') }, result: 'opens' },
    ]);
  });

  test('that the caller may not see are neither listed nor counted', async () => {
    const token = await api.token({ role: 'operator', projects: ['shop'], spaces: [] });
    const shop = { product: 'mirror', id: 'mirror/shop/1', name: 'Project shop' };
    expect(await usesSeenBy(token)).toEqual({ count: 1, first: [shop] });
  });

  test('that have ended are not listed, and of many the first are', async () => {
    await api.call('DELETE', '/v1/projects/bank/mirrors/1');
    for (let count = 10; count < 35; count += 1) {
      const place = { url: server.url('space'), branch: `b${count}`, credentialId: id };
      await api.call('POST', '/v1/spaces', { id: `s${count}`, name: 'S', repository: place });
    }
    const uses = await usesSeenBy();
    expect(uses?.count).toBe(27);
    expect(uses?.first).toHaveLength(20);
    expect(uses?.first[0]).toMatchObject({ id: 'mirror/shop/1' });
  });
});
