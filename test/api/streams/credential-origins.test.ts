import { describe, expect, test } from 'vitest';
import { createAddressPolicy } from '../../../network/address-policy.ts';
import { apiUnderTest } from '../api-under-test.ts';

let previews = 0;
const api = await apiUnderTest({
  addressPolicy: createAddressPolicy({ allowPrivateNetwork: false, allowFileRepositories: false }),
  previewMirror: () => {
    previews += 1;
    return Promise.reject(new Error('not looked at'));
  },
});
await api.call('POST', '/v1/projects', { id: 'p', source: { kind: 'sample' } });

let names = 0;

async function credential(origin: string): Promise<string> {
  names += 1;
  const body = { name: `c${names}`, origin, token: 'a-secret' };
  return String((await api.call('POST', '/v1/credentials', body)).body.id);
}

/** As the migration leaves a credential whose uses name several origins. */
async function unbound(): Promise<string> {
  const id = await credential('git.example');
  await api.db.updateTable('credentials').set({ origin: null }).where('id', '=', id).execute();
  return id;
}

function at(url: string, credentialId: string) {
  return { repository: { url, branch: 'main', credentialId } };
}

const refused = { status: 422, body: { errors: [{ pointer: '/repository/credentialId' }] } };

describe('a new credential', () => {
  test.each([
    ['git.example', 'https://git.example'],
    ['git.example:8443', 'https://git.example:8443'],
    ['https://GIT.example:443', 'https://git.example'],
    ['https://git.example/shop/mirror.git', 'https://git.example'],
    ['git.example/shop/mirror.git', 'https://git.example'],
  ])('for %s is for %s', async (given, origin) => {
    const body = { name: given, origin: given, token: 'a-secret' };
    const made = await api.call('POST', '/v1/credentials', body);
    expect(made).toMatchObject({ status: 201, body: { origin } });
    const { body: list } = await api.call('GET', '/v1/credentials');
    expect(list.items).toContainEqual(made.body);
    const { body: audit } = await api.call('GET', '/v1/audit?limit=1');
    expect(audit.items[0].detail.origin).toBe(origin);
  });

  test('is refused without an origin', async () => {
    const made = await api.call('POST', '/v1/credentials', { name: 'x', token: 'a-secret' });
    expect(made).toMatchObject({ status: 400, body: { errors: [{ pointer: '/origin' }] } });
  });

  test.each([
    ['http://git.example'],
    ['127.0.0.1'],
    ['user@git.example'],
    ['git@github.com:shop/mirror.git'],
    ['ssh://git.example/x.git'],
    ['file:///srv/x.git'],
    ['no host'],
  ])('is refused for %s', async (origin) => {
    const made = await api.call('POST', '/v1/credentials', {
      name: 'x',
      origin,
      token: 'a-secret',
    });
    expect(made).toMatchObject({ status: 422, body: { errors: [{ pointer: '/origin' }] } });
  });
});

describe('a repository of another origin is refused', () => {
  const elsewhere = 'https://evil.example/shop/mirror.git';

  test('for a preview, before anything is sent', async () => {
    const id = await credential('github.com');
    const preview = await api.call('POST', '/v1/projects/p/mirrors/preview', at(elsewhere, id));
    expect(preview).toMatchObject(refused);
    expect(preview.body.detail).toContain('is for https://github.com');
    expect(previews).toBe(0);
  });

  test('for a mirror', async () => {
    const id = await credential('github.com');
    const put = (url: string) => api.call('PUT', '/v1/projects/p/mirrors/1', at(url, id));
    expect(await put(elsewhere)).toMatchObject(refused);
    expect((await put('https://github.com/shop/mirror.git')).status).toBe(201);
    expect(await put('https://github.com:8443/shop/mirror.git')).toMatchObject(refused);
  });

  test('for a space, whichever of address and credential changes', async () => {
    const [id, other] = [await credential('github.com'), await credential('git.example')];
    const body = { id: 's', name: 's', ...at(elsewhere, id) };
    expect(await api.call('POST', '/v1/spaces', body)).toMatchObject(refused);
    const home = { ...body, ...at('https://github.com/shop/k.git', id) };
    expect((await api.call('POST', '/v1/spaces', home)).status).toBe(201);
    const change = (repository: object) => api.call('PATCH', '/v1/spaces/s', { repository });
    expect(await change({ url: elsewhere })).toMatchObject(refused);
    expect(await change({ credentialId: other })).toMatchObject(refused);
    expect((await change({ url: elsewhere, credentialId: null })).status).toBe(200);
    expect(await change({ credentialId: id })).toMatchObject(refused);
  });
});

describe('an origin changes only together with the secret', () => {
  const rotate = (id: string, body: object) =>
    api.call('PUT', `/v1/credentials/${id}/secret`, body);

  test('so it is refused alone, and stays with a new secret that does not name it', async () => {
    const id = await credential('github.com');
    const alone = await rotate(id, { origin: 'evil.example' });
    expect(alone).toMatchObject({ status: 400, body: { errors: [{ pointer: '/token' }] } });
    const kept = await rotate(id, { token: 'new-secret' });
    expect(kept.body.origin).toBe('https://github.com');
    const moved = await rotate(id, { token: 'new-secret', origin: 'git.example' });
    expect(moved.body.origin).toBe('https://git.example');
  });

  test('and one that nobody has said yet must be said', async () => {
    const id = await unbound();
    const url = 'https://git.example/late.git';
    const put = () => api.call('PUT', '/v1/projects/p/mirrors/2', at(url, id));
    expect(await put()).toMatchObject(refused);
    const secret = await rotate(id, { token: 'new-secret' });
    expect(secret).toMatchObject({ status: 422, body: { errors: [{ pointer: '/origin' }] } });
    expect((await rotate(id, { token: 'new-secret', origin: url })).status).toBe(200);
    expect((await put()).status).toBe(201);
  });

  test('but the other settings of a space do not wait for it', async () => {
    const id = await credential('git.example');
    const body = { id: 'waits', name: 's', ...at('https://git.example/w.git', id) };
    await api.call('POST', '/v1/spaces', body);
    await api.db.updateTable('credentials').set({ origin: null }).where('id', '=', id).execute();
    expect((await api.call('PATCH', '/v1/spaces/waits', { name: 'Waits' })).status).toBe(200);
  });
});
