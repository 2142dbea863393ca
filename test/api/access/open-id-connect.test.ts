import type { JWTPayload } from 'jose';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { openProviderTokens, putProviderTokens } from '../../../db/access/provider-sessions.ts';
import { createIdentityProviders } from '../../../identity/create-identity-providers.ts';
import { createAddressPolicy } from '../../../network/address-policy.ts';
import { createDispatcher } from '../../../network/dispatcher.ts';
import { freePort } from '../../../embedded/free-port.ts';
import { startIdentityProvider } from '../../support/identity-provider.ts';
import { apiUnderTest } from '../api-under-test.ts';
import { browserAt, type Browser } from './browser.ts';

const port = await freePort('127.0.0.1', 0);
const publicUrl = `http://127.0.0.1:${port}`;
const api = await apiUnderTest({ publicUrl: () => publicUrl, trustedProxies: '127.0.0.1' });
await api.app.listen({ host: '127.0.0.1', port });
const provider = await startIdentityProvider(publicUrl);
afterAll(() => provider.close());

const minute = 60_000;
const path = '/v1/sign-in/open-id-connect';
const settings = {
  name: 'Company',
  issuer: provider.issuer,
  clientId: provider.clientId,
  rules: [
    { group: 'platform', role: 'admin' },
    { group: 'sales', role: 'editor', projects: [], spaces: [{ space: 'sales' }] },
  ],
};
let addresses = 0;

async function setUp(changes: object = {}): Promise<void> {
  const { clientSecret } = provider;
  const body = { ...settings, clientSecret, ...changes };
  const { status, text } = await api.call('PUT', '/v1/settings/open-id-connect', body);
  expect(status, text).toBe(200);
}

beforeEach(async () => {
  provider.change = null;
  provider.isAway = false;
  provider.isSilent = false;
  provider.givesRefreshTokens = true;
  provider.grants.length = 0;
  provider.accounts.clear();
  provider.accounts.set('ada', { name: 'Ada L.', email: 'ada@example.com', groups: ['sales'] });
  await api.call('DELETE', '/v1/settings/open-id-connect');
  await setUp();
});

function newBrowser(): Browser {
  return browserAt(api, { 'x-forwarded-for': `198.51.100.${addresses++}` });
}

/** Sends a browser to the provider, and returns the path that it comes back to. */
async function goAndCome(browser: Browser, subject = 'ada', to = '/'): Promise<string> {
  const sent = await browser.send('GET', `${path}?to=${encodeURIComponent(to)}`);
  expect(sent.status, sent.text).toBe(302);
  const back = await provider.follow(String(sent.headers.location), subject);
  expect(back.startsWith(`${publicUrl}${path}/callback?`)).toBe(true);
  return back.slice(publicUrl.length);
}

async function signIn(browser: Browser, subject = 'ada', to = '/'): Promise<string> {
  const back = await browser.send('GET', await goAndCome(browser, subject, to));
  expect(back.status, back.text).toBe(302);
  return String(back.headers.location);
}

async function signedIn(subject = 'ada'): Promise<{ browser: Browser; id: string; sid: string }> {
  const browser = newBrowser();
  expect(await signIn(browser, subject)).toBe('/');
  const { body } = await browser.send('GET', '/v1/session');
  browser.csrfToken = String(body.csrfToken);
  const row = await api.db
    .selectFrom('sessions')
    .select('sid')
    .where('id', '=', String(body.session.id))
    .executeTakeFirstOrThrow();
  return { browser, id: String(body.session.id), sid: String(row.sid) };
}

function without(claims: JWTPayload, ...names: string[]): JWTPayload {
  return Object.fromEntries(Object.entries(claims).filter(([name]) => !names.includes(name)));
}

const problem = (code: string) => `${publicUrl}/sign-in?problem=${code}`;

/** As if the provider had last answered so long ago. */
async function checkedAgo(id: string, milliseconds: number): Promise<void> {
  const checkedAt = new Date(Date.now() - milliseconds);
  const set = { checkedAt, checkFailedAt: null };
  await api.db.updateTable('sessions').set(set).where('id', '=', id).execute();
}

async function stateOf(browser: Browser): Promise<string> {
  const { status, body } = await browser.send('GET', '/v1/overview');
  return status === 200 ? 'signed in' : String(body.code);
}

describe('somebody who signs in at the provider', () => {
  it('becomes a person with the grants of the first rule of their groups', async () => {
    expect((await api.call('GET', '/v1/sign-in', undefined, null)).body).toEqual({
      openIdConnect: { name: 'Company' },
    });
    const browser = newBrowser();
    expect(await signIn(browser, 'ada', '/spaces/sales?tab=1#top')).toBe('/spaces/sales?tab=1#top');
    const { body } = await browser.send('GET', '/v1/session');
    expect(body).toMatchObject({
      caller: {
        ...{ kind: 'person', name: 'Ada L.', email: 'ada@example.com', role: 'editor' },
        ...{ projects: [], spaces: [{ space: 'sales', kinds: null, role: 'editor' }] },
      },
      session: { method: 'open-id-connect' },
    });
    const person = await api.call('GET', `/v1/people/${body.caller.id}`);
    expect(person.body).toMatchObject({ isManaged: true, lastSeenAt: expect.any(String) });
    const again = newBrowser();
    await signIn(again);
    expect((await again.send('GET', '/v1/session')).body.caller.id).toBe(body.caller.id);
  });

  it('acts under their own name, in the audit log and in Git', async () => {
    const repository = { url: 'https://git.example/sales.git', branch: 'main' };
    await api.call('POST', '/v1/spaces', { id: 'sales', name: 'sales', repository });
    const { browser } = await signedIn();
    const fields = { id: 'one', title: 'One' };
    const entry = { kind: 'skill', fields };
    expect((await browser.send('POST', '/v1/spaces/sales/entries', entry)).status).toBe(201);
    const { items } = (await api.call('GET', '/v1/audit?limit=5')).body;
    expect(items[0]).toMatchObject({ actor: 'Ada L.', action: 'entry.create', tokenId: null });
    const save = await api.db.selectFrom('saves').selectAll().executeTakeFirstOrThrow();
    expect(save).toMatchObject({
      person: { name: 'Ada L.', email: 'ada@example.com' },
      personId: items[0].personId,
    });
  });

  it('is not let in without a group that has a rule, unless everybody is', async () => {
    provider.accounts.set('eva', { name: 'Eva', email: 'eva@example.com', groups: ['other'] });
    const browser = newBrowser();
    expect(await signIn(browser, 'eva')).toBe(problem('no_access'));
    expect(await stateOf(browser)).toBe('token_missing');
    await setUp({ everyone: { role: 'reader', projects: null } });
    expect(await signIn(browser, 'eva')).toBe('/');
    expect((await browser.send('GET', '/v1/session')).body.caller).toMatchObject({
      ...{ role: 'reader', projects: null, spaces: [] },
    });
  });

  it('is refused as long as they are disabled in Gitward, and out at once', async () => {
    const { browser } = await signedIn();
    const { id } = (await browser.send('GET', '/v1/session')).body.caller;
    await api.call('PATCH', `/v1/people/${id}`, { isDisabled: true });
    expect(await stateOf(browser)).toBe('session_refused');
    expect(await signIn(newBrowser())).toBe(problem('person_disabled'));
    await api.call('PATCH', `/v1/people/${id}`, { isDisabled: false });
    expect(await signIn(newBrowser())).toBe('/');
  });

  it('cannot be changed here otherwise, nor get a link', async () => {
    const { browser } = await signedIn();
    const { id } = (await browser.send('GET', '/v1/session')).body.caller;
    const changed = await api.call('PATCH', `/v1/people/${id}`, { role: 'admin' });
    expect(changed.body).toMatchObject({ status: 409, code: 'person_managed' });
    const link = await api.call('POST', '/v1/sign-in-links', { person: id });
    expect(link.body).toMatchObject({ status: 409, code: 'person_managed' });
  });

  it('is sent only to our own paths afterwards', async () => {
    for (const to of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      '/.//evil.example',
      '/\t/evil.example',
    ])
      expect(await signIn(newBrowser(), 'ada', to)).toBe('/');
  });

  it('leaves no secret in logs, the audit log or readable in a table', async () => {
    const { browser } = await signedIn();
    const tables = await Promise.all(
      (['auditLog', 'sessions', 'signInAttempts', 'openIdConnect', 'people'] as const).map(
        (table) => api.db.selectFrom(table).selectAll().execute(),
      ),
    );
    const stored = JSON.stringify(tables, (_key, value: unknown) =>
      typeof value === 'object' && value !== null && 'data' in value && Array.isArray(value.data)
        ? Buffer.from(value.data as number[]).toString('latin1')
        : value,
    );
    expect(stored).toContain('session.start');
    const view = await api.call('GET', '/v1/settings/open-id-connect');
    for (const text of [api.log(), stored, view.text]) {
      for (const hidden of [provider.clientSecret, String(browser.cookies.get('gitward'))])
        expect(text).not.toContain(hidden);
      expect(text).not.toMatch(/[?&]code=(?!\[secret\])/);
      expect(text).not.toMatch(/eyJ[\w-]{20}/);
    }
  });
});

it('attempts to go to the provider are limited for each address', async () => {
  const browser = newBrowser();
  const statuses: number[] = [];
  for (let i = 0; i < 22; i++) statuses.push((await browser.send('GET', path)).status);
  expect(statuses).toEqual([...Array(20).fill(302), 429, 429]);
  expect(await signIn(newBrowser())).toBe('/');
});

describe('an answer is refused', () => {
  const changes: [string, (claims: JWTPayload) => JWTPayload][] = [
    ['for another audience', (claims) => ({ ...claims, aud: 'another-client' })],
    ['of another issuer', (claims) => ({ ...claims, iss: 'https://other.example' })],
    ['with another nonce', (claims) => ({ ...claims, nonce: 'another' })],
    ['without a nonce', (claims) => without(claims, 'nonce')],
    ['of somebody else than userinfo', (claims) => ({ ...claims, sub: 'eva' })],
    ['of somebody whose id is none', (claims) => ({ ...claims, sub: 'a'.repeat(256) })],
    ['that has expired', (claims) => ({ ...claims, exp: Math.floor(Date.now() / 1_000) - 600 })],
  ];
  it.each(changes)('%s', async (_which, change) => {
    provider.change = change;
    const browser = newBrowser();
    expect(await signIn(browser)).toBe(problem('sign_in_refused'));
    expect(await stateOf(browser)).toBe('token_missing');
    // Only because of what was changed.
    provider.change = (claims) => claims;
    expect(await signIn(browser)).toBe('/');
  });

  it('that is signed by somebody else', async () => {
    provider.change = (claims) => claims;
    provider.isForged = true;
    expect(await signIn(newBrowser())).toBe(problem('sign_in_refused'));
    provider.isForged = false;
    expect(await signIn(newBrowser())).toBe('/');
  });

  it('that was used before', async () => {
    const browser = newBrowser();
    const back = await goAndCome(browser);
    const cookies = new Map(browser.cookies);
    expect((await browser.send('GET', back)).headers.location).toBe('/');
    browser.cookies = cookies;
    expect((await browser.send('GET', back)).headers.location).toBe(problem('sign_in_expired'));
    expect(provider.grants).toEqual(['authorization_code']);
  });

  it('in another browser than the one that left, which can still use it', async () => {
    const browser = newBrowser();
    const back = await goAndCome(browser);
    const other = newBrowser();
    await other.send('GET', path);
    expect((await other.send('GET', back)).headers.location).toBe(problem('sign_in_expired'));
    expect((await browser.send('GET', back)).headers.location).toBe('/');
  });

  it('that comes too late', async () => {
    const browser = newBrowser();
    const back = await goAndCome(browser);
    const expiresAt = new Date(Date.now() - 1);
    await api.db.updateTable('signInAttempts').set({ expiresAt }).execute();
    expect((await browser.send('GET', back)).headers.location).toBe(problem('sign_in_expired'));
  });

  it('with another code, or with an error', async () => {
    const browser = newBrowser();
    const forged = (await goAndCome(browser)).replace(/code=[^&]+/, 'code=another');
    expect((await browser.send('GET', forged)).headers.location).toBe(problem('sign_in_refused'));
    const denied = (await goAndCome(browser)).replace(/code=[^&]+/, 'error=access_denied');
    expect((await browser.send('GET', denied)).headers.location).toBe(problem('sign_in_refused'));
  });

  it('if the provider cannot be reached, or does not know us', async () => {
    const browser = newBrowser();
    const back = await goAndCome(browser);
    provider.isAway = true;
    expect((await browser.send('GET', back)).headers.location).toBe(
      problem('provider_unavailable'),
    );
    provider.isAway = false;
    await setUp({ clientSecret: 'another-secret' });
    expect(await signIn(browser)).toBe(problem('provider_unavailable'));
  });
});

describe('the provider is asked again', () => {
  it('after ten minutes, once for many requests at a time', async () => {
    const { browser, id } = await signedIn();
    await stateOf(browser);
    await checkedAgo(id, 9 * minute);
    await stateOf(browser);
    expect(provider.grants).toEqual(['authorization_code']);
    await checkedAgo(id, 11 * minute);
    const states = await Promise.all(Array.from({ length: 8 }, () => stateOf(browser)));
    expect(new Set(states)).toEqual(new Set(['signed in']));
    expect(provider.grants).toEqual(['authorization_code', 'refresh_token']);
    // With the refresh token of the answer before.
    await checkedAgo(id, 11 * minute);
    expect(await stateOf(browser)).toBe('signed in');
    expect(provider.grants).toHaveLength(3);
  });

  it('by another request, if the one that asked was lost', async () => {
    const { browser, id } = await signedIn();
    await checkedAgo(id, 11 * minute);
    const checkStartedAt = new Date(Date.now() - 2 * minute);
    await api.db.updateTable('sessions').set({ checkStartedAt }).where('id', '=', id).execute();
    provider.accounts.get('ada')!.isDisabled = true;
    expect(await stateOf(browser)).toBe('session_refused');
  });

  it('and signs out whom it no longer knows', async () => {
    const { browser, id } = await signedIn();
    provider.accounts.get('ada')!.isDisabled = true;
    expect(await stateOf(browser)).toBe('signed in');
    await checkedAgo(id, 11 * minute);
    expect(await stateOf(browser)).toBe('session_refused');
    const { items } = (await api.call('GET', '/v1/audit?limit=1')).body;
    expect(items[0]).toMatchObject({ actor: 'Gitward', action: 'session.refuse', target: `session/${id}`, detail: { name: 'Ada L.' } }); // prettier-ignore
    // For good.
    provider.accounts.get('ada')!.isDisabled = false;
    expect(await stateOf(browser)).toBe('session_refused');
  });

  it('and signs out whom it now calls somebody else', async () => {
    const { browser, id } = await signedIn();
    provider.change = (claims) => ({ ...claims, sub: 'eva' });
    await checkedAgo(id, 11 * minute);
    expect(await stateOf(browser)).toBe('session_refused');
  });

  it('with the access token, if there is no refresh token', async () => {
    provider.givesRefreshTokens = false;
    const { browser, id } = await signedIn();
    await checkedAgo(id, 11 * minute);
    expect(await stateOf(browser)).toBe('signed in');
    expect(provider.grants).toEqual(['authorization_code']);
    provider.accounts.get('ada')!.isDisabled = true;
    await checkedAgo(id, 11 * minute);
    expect(await stateOf(browser)).toBe('session_refused');
  });

  it('no more, if there is no refresh token and the access token has ended', async () => {
    provider.givesRefreshTokens = false;
    const { browser, id } = await signedIn();
    const tokens = await openProviderTokens(api.db, api.sealer, id);
    const ended = { ...tokens!, accessEndsAt: new Date(Date.now() - 1).toISOString() };
    await putProviderTokens(api.db, api.sealer, id, ended);
    expect(await stateOf(browser)).toBe('signed in');
    await checkedAgo(id, 11 * minute);
    expect(await stateOf(browser)).toBe('session_refused');
  });

  it('and takes over what it says now', async () => {
    const { browser, id } = await signedIn();
    provider.accounts.set('ada', { name: 'Ada K.', email: 'k@example.com', groups: ['platform'] });
    await checkedAgo(id, 11 * minute);
    expect((await browser.send('GET', '/v1/session')).body.caller).toMatchObject({
      ...{ name: 'Ada K.', email: 'k@example.com', role: 'admin', projects: null, spaces: null },
    });
    provider.accounts.get('ada')!.groups = [];
    await checkedAgo(id, 11 * minute);
    expect(await stateOf(browser)).toBe('session_refused');
  });

  it('at once when the rules change', async () => {
    const { browser } = await signedIn();
    await setUp({ rules: [{ group: 'sales', role: 'reader' }] });
    expect((await browser.send('GET', '/v1/session')).body.caller.role).toBe('reader');
    await setUp({ rules: [] });
    expect(await stateOf(browser)).toBe('session_refused');
  });

  it('later if it does not answer: nobody is signed out, and after an hour nobody is let in', async () => {
    const { browser, id } = await signedIn();
    provider.isAway = true;
    await checkedAgo(id, 59 * minute);
    expect(await stateOf(browser)).toBe('signed in');
    const failedAt = async () =>
      (await api.db.selectFrom('sessions').select('checkFailedAt').where('id', '=', id).executeTakeFirstOrThrow()).checkFailedAt; // prettier-ignore
    const first = await failedAt();
    expect(first).toEqual(expect.any(Date));
    // Not with each request.
    expect(await stateOf(browser)).toBe('signed in');
    expect(await failedAt()).toEqual(first);
    await checkedAgo(id, 61 * minute);
    const refused = await browser.send('GET', '/v1/overview');
    expect(refused.body).toMatchObject({ status: 503, code: 'provider_unavailable' });
    provider.isAway = false;
    await checkedAgo(id, 61 * minute);
    expect(await stateOf(browser)).toBe('signed in');
  });

  it('with the new refresh token, even if the rest of its answer was missing', async () => {
    const { browser, id } = await signedIn();
    provider.isSilent = true;
    await checkedAgo(id, 11 * minute);
    expect(await stateOf(browser)).toBe('signed in');
    provider.isSilent = false;
    await checkedAgo(id, 12 * minute);
    expect(await stateOf(browser)).toBe('signed in');
    expect(provider.grants).toEqual(['authorization_code', 'refresh_token', 'refresh_token']);
    const row = await api.db.selectFrom('sessions').select('checkFailedAt').where('id', '=', id).executeTakeFirstOrThrow(); // prettier-ignore
    expect(row.checkFailedAt).toBeNull();
  });

  it.each([true, false])(
    'of groups that only ID tokens name (refresh tokens: %s)',
    async (gives) => {
      provider.givesRefreshTokens = gives;
      provider.accounts.set('ada', { name: 'Ada', email: 'ada@example.com' });
      provider.change = (claims) => ({ ...claims, groups: ['sales'] });
      const { browser, id } = await signedIn();
      await checkedAgo(id, 11 * minute);
      expect(await stateOf(browser)).toBe('signed in');
    },
  );

  it('later if it refuses our own secret, which is not about the person', async () => {
    const { browser, id } = await signedIn();
    await setUp({ clientSecret: 'another-secret' });
    await checkedAgo(id, 11 * minute);
    expect(await stateOf(browser)).toBe('signed in');
    await setUp();
    expect(await stateOf(browser)).toBe('signed in');
    expect(provider.grants.at(-1)).toBe('refresh_token');
  });
});

describe('signing out', () => {
  it('leads to the page of the provider', async () => {
    const { browser } = await signedIn();
    const { body } = await browser.send('DELETE', '/v1/session');
    const url = new URL(String(body.signOutUrl));
    expect(url.origin).toBe(provider.issuer);
    expect(url.searchParams.get('post_logout_redirect_uri')).toBe(`${publicUrl}/sign-in`);
    expect((await fetch(url)).status).toBe(200);
    expect(await stateOf(browser)).toBe('token_missing');
  });

  it('at the provider ends the session here, and no other', async () => {
    const [one, other] = [await signedIn(), await signedIn()];
    await provider.reportLogout('ada', one.sid);
    expect(await stateOf(one.browser)).toBe('session_refused');
    expect(await stateOf(other.browser)).toBe('signed in');
    const { items } = (await api.call('GET', '/v1/audit?limit=1')).body;
    expect(items[0]).toMatchObject({ action: 'session.refuse', detail: { name: 'Ada L.' } });
  });

  const now = Math.floor(Date.now() / 1_000);
  const logout = (of: JWTPayload): JWTPayload => ({
    ...{ iss: provider.issuer, aud: provider.clientId, ...of },
    ...{ iat: now, exp: now + 600, jti: 'x' },
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
  });
  const report = async (token: string) =>
    api.app.inject({
      method: 'POST',
      url: `${path}/back-channel-logout`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ logout_token: token }).toString(),
    });

  it('ends the sessions that the provider names: of a person, or one of theirs', async () => {
    provider.accounts.set('eva', { name: 'Eva', email: 'eva@example.com', groups: ['sales'] });
    const [one, two, eva] = [await signedIn(), await signedIn(), await signedIn('eva')];
    const states = async (of: JWTPayload) => {
      expect((await report(await provider.sign(logout(of)))).statusCode).toBe(200);
      return Promise.all([one, two, eva].map(({ browser }) => stateOf(browser)));
    };
    const [isIn, isOut] = ['signed in', 'session_refused'];
    expect(await states({ sub: 'eva', sid: one.sid })).toEqual([isIn, isIn, isIn]);
    expect(await states({ sid: one.sid })).toEqual([isOut, isIn, isIn]);
    // A session whose name at the provider is not known may be the one that is meant.
    await api.db.updateTable('sessions').set({ sid: null }).where('id', '=', two.id).execute();
    expect(await states({ sid: 'another' })).toEqual([isOut, isIn, isIn]);
    expect(await states({ sub: 'ada', sid: 'another' })).toEqual([isOut, isOut, isIn]);
    expect(await states({ sub: 'eva' })).toEqual([isOut, isOut, isOut]);
  });

  it('is believed only of the provider, for us, now, and in a logout token', async () => {
    const { browser, sid } = await signedIn();
    const right = logout({ sub: 'ada', sid });
    for (const wrong of [
      { ...right, aud: 'another' },
      { ...right, iss: 'https://other.example' },
      { ...right, iat: now - 3_600 },
      { ...right, exp: now - 600 },
      { ...right, nonce: 'n' },
      without(right, 'events'),
      { ...right, events: { 'http://schemas.openid.net/event/another': {} } },
      without(right, 'sub', 'sid'),
    ]) {
      const answer = await report(await provider.sign(wrong));
      expect([answer.statusCode, answer.json().code]).toEqual([400, 'logout_refused']);
    }
    const unsigned = [{ alg: 'none' }, right].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')); // prettier-ignore
    expect((await report(`${unsigned.join('.')}.`)).statusCode).toBe(400);
    const signed = await provider.sign(right);
    expect((await report(`${signed.slice(0, -4)}AAAA`)).statusCode).toBe(400);
    expect(await stateOf(browser)).toBe('signed in');
    // A session of later is not meant.
    const early = await provider.sign({ ...right, iat: now - 120 });
    expect((await report(early)).statusCode).toBe(200);
    expect(await stateOf(browser)).toBe('signed in');
    expect((await report(signed)).statusCode).toBe(200);
    expect(await stateOf(browser)).toBe('session_refused');
  });
});

describe('the settings', () => {
  it('never show the secret, and keep it only for the same issuer and client', async () => {
    const same = await api.call('PUT', '/v1/settings/open-id-connect', settings);
    expect(same.body).toMatchObject({
      ...{ issuer: provider.issuer, groupsClaim: 'groups', everyone: null },
      redirectUri: `${publicUrl}${path}/callback`,
    });
    expect(same.text).not.toContain('secret-of-the-client');
    expect(await signIn(newBrowser())).toBe('/');
    for (const other of [{ issuer: 'https://other.example' }, { clientId: 'other' }]) {
      const moved = await api.call('PUT', '/v1/settings/open-id-connect', {
        ...settings,
        ...other,
      });
      expect(moved.body.errors).toEqual([expect.objectContaining({ pointer: '/clientSecret' })]);
    }
  });

  it('sign out everybody who came from another provider, or from one that is removed', async () => {
    const { browser } = await signedIn();
    await setUp({ issuer: 'https://other.example' });
    expect(await stateOf(browser)).toBe('session_refused');
    await setUp();
    const again = await signedIn();
    expect((await api.call('DELETE', '/v1/settings/open-id-connect')).status).toBe(204);
    expect(await stateOf(again.browser)).toBe('session_refused');
    expect((await newBrowser().send('GET', path)).headers.location).toBe(
      problem('provider_not_found'),
    );
  });

  it('name only addresses that Gitward may connect to', async () => {
    for (const issuer of ['https://private.example', 'https://id.example?x=1', 'nonsense']) {
      const refused = await api.call('PUT', '/v1/settings/open-id-connect', {
        ...{ ...settings, issuer, clientSecret: 'a-secret' },
      });
      expect([issuer, refused.status]).toEqual([issuer, 422]);
    }
    // A name that leads to a private address is refused when it is connected to.
    const strict = createDispatcher(
      createAddressPolicy({ allowPrivateNetwork: false, allowFileRepositories: false }),
    );
    const { issuer, clientId, clientSecret } = provider;
    const request = { state: 's', nonce: 'n', codeVerifier: 'v', scopes: [], redirectUri: 'x' };
    await expect(
      createIdentityProviders({ dispatcher: strict }).authorizationUrl(
        { issuer, clientId, clientSecret },
        request,
      ),
    ).rejects.toThrow(/refused/);
    await strict.close();
  });
});
