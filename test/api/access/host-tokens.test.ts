import { describe, expect, it } from 'vitest';
import { noteHostTokenRefused, openHostToken } from '../../../db/access/host-tokens.ts';
import { createToken } from '../../../db/access/tokens.ts';
import type { Actor } from '../../../model/access/actor.ts';
import { apiUnderTest } from '../api-under-test.ts';
import { browserAt } from './browser.ts';

const api = await apiUnderTest();
const path = '/v1/me/host-tokens';
const origin = 'https://git.example';
const repository = `${origin}/team/knowledge.git`;
const secret = 'secret-of-ada-at-the-host';

/** A token of a person, and who that is. */
async function person(name: string, more: object = {}): Promise<{ token: string; owner: Actor }> {
  const { row, secret: token } = await createToken(api.db, {
    ...{ kind: 'person', name, email: `${name}@example.com`, role: 'reader' },
    ...{ projects: null, spaces: null, ...more },
  });
  return { token, owner: { tokenId: row.id, personId: null } };
}

const put = (token: string, body: object = { origin: repository, token: secret }) =>
  api.call('PUT', path, body, token);
const list = async (token: string) =>
  (await api.call('GET', path, undefined, token)).body.items as unknown[];
const open = (owner: Actor, url = repository) => openHostToken(api, owner, url);

describe('the token that somebody has for a host', () => {
  it('is stored sealed, shown without its secret, and opened for that host and its owner only', async () => {
    const [ada, eva] = [await person('ada'), await person('eva')];
    const stored = await put(ada.token);
    expect([stored.status, stored.body]).toEqual([
      200,
      { origin, storedAt: expect.any(String), refusedAt: null },
    ]);
    expect(await list(ada.token)).toEqual([stored.body]);
    expect(await list(eva.token)).toEqual([]);
    expect(await open(ada.owner)).toMatchObject({ token: secret, isRefused: false });
    for (const url of ['https://git.example:8443/a.git', 'http://git.example/a.git', 'file:///a'])
      expect(await open(ada.owner, url)).toBeNull();
    expect(await open(eva.owner)).toBeNull();
    const rows = await api.db.selectFrom('hostTokens').selectAll().execute();
    expect(Buffer.concat(rows.map((row) => row.secret)).includes(secret)).toBe(false);
    const { body } = await api.call('GET', '/v1/audit?action=host-token.store');
    expect(body.items[0]).toMatchObject({
      ...{ actor: 'ada', target: `token/${ada.owner.tokenId}`, detail: { origin } },
    });
    expect(JSON.stringify(body) + stored.text + api.log()).not.toContain(secret);
  });

  it('is no credential: nobody lists it, and no repository can use it', async () => {
    const ada = await person('alone');
    await put(ada.token);
    expect((await api.call('GET', '/v1/credentials')).body.items).toEqual([]);
    expect(await list((await person('other')).token)).toEqual([]);
  });

  it('is replaced together with what the host said of the old one, and removed by its owner', async () => {
    const [ada, eva] = [await person('replacing'), await person('intruder')];
    await put(ada.token);
    const old = await open(ada.owner);
    await noteHostTokenRefused(api.db, old?.id ?? '');
    expect(await list(ada.token)).toMatchObject([{ refusedAt: expect.any(String) }]);
    expect(await open(ada.owner)).toMatchObject({ isRefused: true });
    await put(ada.token, { origin: 'git.example', token: 'another-secret' });
    // A late refusal of the old secret.
    await noteHostTokenRefused(api.db, old?.id ?? '');
    expect(await open(ada.owner)).toMatchObject({ token: 'another-secret', isRefused: false });
    const remove = (token: string) =>
      api.call('DELETE', `${path}?origin=${encodeURIComponent(origin)}`, undefined, token);
    expect((await remove(eva.token)).body.code).toBe('host_token_not_found');
    expect((await remove(ada.token)).status).toBe(204);
    expect((await remove(ada.token)).body.code).toBe('host_token_not_found');
    expect(await open(ada.owner)).toBeNull();
  });

  it('is gone with the token of its owner, and not used after that has expired', async () => {
    const revoked = await person('revoked');
    await put(revoked.token);
    await api.call('DELETE', `/v1/tokens/${revoked.owner.tokenId}`);
    const ofRevoked = await api.db
      .selectFrom('hostTokens')
      .where('tokenId', '=', revoked.owner.tokenId)
      .select('id')
      .execute();
    expect(ofRevoked).toEqual([]);
    const expiring = await person('expiring');
    await put(expiring.token);
    expect(await open(expiring.owner)).not.toBeNull();
    await api.db
      .updateTable('tokens')
      .set({ expiresAt: new Date(0) })
      .where('id', '=', String(expiring.owner.tokenId))
      .execute();
    expect(await open(expiring.owner)).toBeNull();
  });

  it('is gone when an admin disables the person', async () => {
    const made = await api.call('POST', '/v1/people', {
      ...{ name: 'Ada', email: 'ada@example.com', role: 'reader' },
    });
    const id = String(made.body.id);
    const owner: Actor = { tokenId: null, personId: id };
    const link = await api.call('POST', '/v1/sign-in-links', { person: id });
    const browser = browserAt(api);
    await browser.signIn({ code: new URL(String(link.body.url)).hash.replace('#code=', '') });
    expect((await browser.send('PUT', path, { origin, token: secret })).status).toBe(200);
    expect(await open(owner)).toMatchObject({ token: secret });
    await api.call('PATCH', `/v1/people/${id}`, { isDisabled: true });
    await api.call('PATCH', `/v1/people/${id}`, { isDisabled: false });
    expect(await open(owner)).toBeNull();
  });

  it('is a person’s, and for a host that the settings allow', async () => {
    const machine = await put(await api.token({ role: 'admin' }));
    expect([machine.status, machine.body.code]).toEqual([403, 'person_required']);
    const ada = await person('careful');
    const refused = await put(ada.token, { origin: 'private.example', token: secret });
    expect(refused.status).toBe(422);
    expect((await put(ada.token, { origin, token: 'line\nbreak' })).status).toBe(400);
    for (let n = 0; n < 20; n++)
      expect((await put(ada.token, { origin: `h${n}.example`, token: secret })).status).toBe(200);
    expect((await put(ada.token)).body.code).toBe('too_many_host_tokens');
    expect((await put(ada.token, { origin: 'h1.example', token: secret })).status).toBe(200);
  });
});
