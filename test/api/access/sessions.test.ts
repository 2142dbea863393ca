import { describe, expect, it } from 'vitest';
import { createApi } from '../../../api/http/create-api.ts';
import { insertSession } from '../../../db/access/sessions.ts';
import { revokeToken } from '../../../db/access/tokens.ts';
import { adminToken, apiUnderTest } from '../api-under-test.ts';
import { browserAt, type Browser } from './browser.ts';

const api = await apiUnderTest({ trustedProxies: '127.0.0.1' });
const minute = 60_000;
let addresses = 0;

/** A route in the description of the API. */
interface Described {
  /** Empty where nobody need be signed in. */
  security?: unknown[];
}

/** A browser at an address of its own, so that the limit of attempts does not mix the tests. */
function newBrowser(): Browser {
  return browserAt(api, { 'x-forwarded-for': `198.51.100.${addresses++}` });
}

async function link(token = adminToken, body = {}): Promise<string> {
  const { status, body: made } = await api.call('POST', '/v1/sign-in-links', body, token);
  expect(status).toBe(201);
  const url = new URL(String(made.url));
  expect(url.origin + url.pathname + url.search).toBe('http://gitward.example/sign-in');
  expect(Date.parse(String(made.expiresAt)) - Date.now()).toBeLessThanOrEqual(10 * minute);
  return url.hash.replace('#code=', '');
}

async function signedIn(): Promise<Browser> {
  const browser = newBrowser();
  expect((await browser.signIn({ code: await link() })).status).toBe(201);
  return browser;
}

async function adaOf(role = 'editor', rest = {}): Promise<{ id: string; browser: Browser }> {
  const person = { name: 'Ada', email: 'ada@example.com', role, ...rest };
  const { body } = await api.call('POST', '/v1/people', person);
  const id = String(body.id);
  const browser = newBrowser();
  const signed = await browser.signIn({ code: await link(adminToken, { person: id }) });
  expect(signed.body).toMatchObject({ caller: { kind: 'person', id, name: 'Ada' } });
  return { id, browser };
}

describe('a sign-in link', () => {
  it('signs a browser in once, as whoever made it', async () => {
    const code = await link();
    const browser = newBrowser();
    const signed = await browser.signIn({ code });
    expect(signed.status).toBe(201);
    expect(signed.body).toMatchObject({
      caller: { name: 'admin', role: 'admin', projects: null, spaces: null },
      session: { method: 'link' },
      csrfToken: expect.any(String),
    });
    expect((await browser.send('GET', '/v1/session')).body).toEqual(signed.body);
    expect((await browser.send('GET', '/v1/projects')).status).toBe(200);
    const again = await newBrowser().signIn({ code });
    expect(again.body).toMatchObject({ status: 401, code: 'sign_in_refused' });
  });

  it('is used up by one of those who use it at the same time', async () => {
    const code = await link();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => newBrowser().signIn({ code })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, ...Array(7).fill(401)]);
  });

  it('is worth nothing after ten minutes, or when its token is revoked', async () => {
    const old = await link();
    await api.db
      .updateTable('signInLinks')
      .set({ expiresAt: new Date(Date.now() - 1) })
      .execute();
    expect((await newBrowser().signIn({ code: old })).status).toBe(401);
    const made = await api.call('POST', '/v1/tokens', { name: 'x', role: 'reader' });
    const code = await link(String(made.body.token));
    await revokeToken(api.db, String(made.body.id));
    expect((await newBrowser().signIn({ code })).body.code).toBe('sign_in_refused');
  });

  it('cannot be made by a session for itself, nor for others by who is no admin', async () => {
    const { id, browser } = await adaOf();
    const own = await browser.send('POST', '/v1/sign-in-links', {});
    expect(own.body).toMatchObject({ status: 403, code: 'link_refused' });
    const other = await browser.send('POST', '/v1/sign-in-links', { person: id });
    expect(other.body).toMatchObject({ status: 403, code: 'role_insufficient' });
  });

  it('appears in no log, audit entry or table', async () => {
    const code = await link();
    const browser = newBrowser();
    await browser.signIn({ code });
    const secret = String(browser.cookies.get('gitward'));
    const tables = await Promise.all(
      (['auditLog', 'sessions', 'signInLinks'] as const).map((table) =>
        api.db.selectFrom(table).selectAll().execute(),
      ),
    );
    for (const text of [api.log(), JSON.stringify(tables)])
      for (const hidden of [code, secret, String(browser.csrfToken)])
        expect(text).not.toContain(hidden);
  });
});

describe('a session', () => {
  it('of a token can do what the token can, until it is revoked', async () => {
    const made = await api.call('POST', '/v1/tokens', { name: 'r', role: 'reader' });
    const browser = newBrowser();
    const signed = await browser.signIn({ token: String(made.body.token) });
    expect(signed.body).toMatchObject({
      caller: { id: made.body.id, role: 'reader', projects: [] },
      session: { method: 'token' },
    });
    expect((await browser.send('GET', '/v1/tokens')).status).toBe(403);
    await revokeToken(api.db, String(made.body.id));
    expect((await browser.send('GET', '/v1/overview')).body).toMatchObject({
      status: 401,
      code: 'session_refused',
    });
  });

  it('of a token ends with it, and does not begin after it', async () => {
    const made = await api.call('POST', '/v1/tokens', { name: 'r', role: 'reader' });
    const [token, id] = [String(made.body.token), String(made.body.id)];
    const browser = newBrowser();
    await browser.signIn({ token });
    const listed = async () => {
      const { items } = (await api.call('GET', '/v1/sessions?all=true&limit=200')).body;
      return (items as { caller: { id: string } }[]).filter(({ caller }) => caller.id === id)
        .length;
    };
    expect(await listed()).toBe(1);
    const expiresAt = new Date(Date.now() - 1);
    await api.db.updateTable('tokens').set({ expiresAt }).where('id', '=', id).execute();
    expect((await browser.send('GET', '/v1/overview')).body.code).toBe('session_refused');
    expect((await newBrowser().signIn({ token })).body.code).toBe('sign_in_refused');
    expect(await listed()).toBe(0);
  });

  it('that is over is removed when somebody signs in', async () => {
    const over = await signedIn();
    const { id } = (await over.send('GET', '/v1/session')).body.session;
    const expiresAt = new Date(Date.now() - 1);
    await api.db.updateTable('sessions').set({ expiresAt }).where('id', '=', id).execute();
    const next = await signedIn();
    const rows = await api.db.selectFrom('sessions').select('id').where('id', '=', id).execute();
    expect(rows).toEqual([]);
    expect((await next.send('GET', '/v1/projects')).status).toBe(200);
  });

  it('ends after a time without use, and after a time in any case', async () => {
    const idle = await signedIn();
    const old = await signedIn();
    const live = await signedIn();
    const idOf = async (browser: Browser) =>
      String((await browser.send('GET', '/v1/session')).body.session.id);
    const set = async (browser: Browser, columns: { lastUsedAt: Date } | { expiresAt: Date }) =>
      api.db
        .updateTable('sessions')
        .set(columns)
        .where('id', '=', await idOf(browser))
        .execute();
    await set(idle, { lastUsedAt: new Date(Date.now() - 12 * 60 * minute - 1_000) });
    await set(old, { expiresAt: new Date(Date.now() - 1) });
    await set(live, { lastUsedAt: new Date(Date.now() - 11 * 60 * minute) });
    for (const over of [idle, old])
      expect((await over.send('GET', '/v1/projects')).body.code).toBe('session_refused');
    expect((await live.send('GET', '/v1/projects')).status).toBe(200);
    // That was a use.
    const used = await api.db.selectFrom('sessions').select('lastUsedAt').where('id', '=', await idOf(live)).executeTakeFirstOrThrow(); // prettier-ignore
    expect(Date.now() - used.lastUsedAt.getTime()).toBeLessThan(10 * minute);
  });

  it('ends when it signs out, and the browser forgets its cookie', async () => {
    const browser = await signedIn();
    const secret = browser.cookies.get('gitward');
    expect((await browser.send('DELETE', '/v1/session')).body).toEqual({ signOutUrl: null });
    expect(browser.cookies.size).toBe(0);
    browser.cookies.set('gitward', String(secret));
    expect((await browser.send('GET', '/v1/overview')).status).toBe(401);
  });

  it('gets a new secret each time: the one from before ends with the next', async () => {
    const browser = await signedIn();
    const before = String(browser.cookies.get('gitward'));
    await browser.signIn({ token: adminToken });
    expect(browser.cookies.get('gitward')).not.toBe(before);
    browser.cookies.set('gitward', before);
    expect((await browser.send('GET', '/v1/overview')).status).toBe(401);
    // A secret that somebody else put there is not taken over.
    const fixed = newBrowser();
    fixed.cookies.set('gitward', 'gs_chosen-by-somebody-else');
    await fixed.signIn({ token: adminToken });
    expect(fixed.cookies.get('gitward')).not.toBe('gs_chosen-by-somebody-else');
  });

  it('is listed for its owner and for admins, who can end it', async () => {
    const { id, browser } = await adaOf();
    const { browser: other } = await adaOf();
    const own = await browser.send('GET', '/v1/sessions', undefined);
    expect(own.body.items).toEqual([
      expect.objectContaining({ caller: expect.objectContaining({ id }), isCurrent: true }),
    ]);
    expect((await browser.send('GET', '/v1/sessions?all=true')).status).toBe(403);
    const session = String(own.body.items[0].id);
    const foreign = await other.send('DELETE', `/v1/sessions/${session}`);
    expect(foreign.body).toMatchObject({ status: 404, code: 'session_not_found' });
    expect((await browser.send('GET', '/v1/session')).status).toBe(200);
    const all = await api.call('GET', '/v1/sessions?all=true&limit=200');
    expect(all.body.items).toEqual(
      expect.arrayContaining([expect.objectContaining({ id: session, isCurrent: false })]),
    );
    expect((await api.call('DELETE', `/v1/sessions/${session}`)).status).toBe(204);
    expect((await browser.send('GET', '/v1/overview')).body.code).toBe('session_refused');
  });

  it('has a cookie that scripts and other sites cannot use', async () => {
    const browser = await signedIn();
    const plain = await browser.signIn({ token: adminToken });
    expect(plain.status).toBe(201);
    expect(browser.setCookies).toEqual([
      expect.stringMatching(
        /^gitward=gs_[\w-]{43}; Max-Age=60\d{4}; Path=\/; HttpOnly; SameSite=Lax$/,
      ),
    ]);
    const app = createApi({ ...api.deps, publicUrl: () => 'https://gitward.example' });
    const secure = browserAt({ app });
    await secure.signIn({ token: adminToken });
    expect(secure.setCookies).toEqual([
      expect.stringMatching(/^__Host-gitward=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
    ]);
    expect((await secure.send('GET', '/v1/session')).status).toBe(200);
    // Anybody on a plain connection could have set this one.
    const value = String(secure.cookies.get('__Host-gitward'));
    secure.cookies = new Map([['gitward', value]]);
    expect((await secure.send('GET', '/v1/overview')).status).toBe(401);
    await app.close();
  });
});

describe('a request by cookie that changes something', () => {
  const pause = ['POST', '/v1/projects/none/mirrors/1/actions/pause'] as const;

  it.each([
    ['without the CSRF token', { 'x-csrf-token': '' }],
    ['with another CSRF token', { 'x-csrf-token': 'x'.repeat(43) }],
    ['from a page of another site', { 'sec-fetch-site': 'cross-site' }],
    ['from another host of the same site', { 'sec-fetch-site': 'same-site' }],
    ['from another origin', { origin: 'https://evil.example' }],
    ['from a page without an origin', { origin: 'null' }],
  ])('is refused %s', async (_how, headers) => {
    const browser = await signedIn();
    const refused = await browser.send(...pause, undefined, headers);
    expect(refused.body).toMatchObject({ status: 403, code: 'csrf_refused' });
    expect((await browser.send('GET', '/v1/session', undefined, headers)).status).toBe(200);
  });

  it.each([
    ['from its own page', { origin: 'http://gitward.example', 'sec-fetch-site': 'same-origin' }],
    ['from its own host by another name', { origin: 'http://localhost:80', host: 'localhost' }],
    ['from something that is no browser', {}],
  ])('is accepted %s', async (_how, headers) => {
    const browser = await signedIn();
    expect((await browser.send(...pause, undefined, headers)).body.code).not.toBe('csrf_refused');
  });

  it('is refused with the CSRF token of another session', async () => {
    const [one, other] = [await signedIn(), await signedIn()];
    one.csrfToken = other.csrfToken;
    expect((await one.send(...pause)).body.code).toBe('csrf_refused');
  });

  it('is refused without it on every route', async () => {
    const browser = await signedIn();
    const { paths } = (await api.call('GET', '/openapi.json')).body as { paths: object };
    const asked: string[] = [];
    for (const [path, methods] of Object.entries(paths))
      for (const [name, { security }] of Object.entries(methods as Record<string, Described>)) {
        const method = name.toUpperCase() as 'POST';
        // Those that need nobody to be signed in check who sends them in their own ways.
        if (name === 'get' || security?.length === 0) continue;
        const url = path.replaceAll(/\{\w+\}/g, 'x');
        const { body } = await browser.send(method, url, {}, { 'x-csrf-token': '' });
        expect([method, path, body.code]).toEqual([method, path, 'csrf_refused']);
        asked.push(method);
      }
    expect(new Set(asked)).toEqual(new Set(['POST', 'PUT', 'PATCH', 'DELETE']));
    expect((await browser.send('GET', '/v1/projects')).status).toBe(200);
  });

  it('needs none of this with a token', async () => {
    const answer = await api.call(...pause);
    expect(answer.body.code).toBe('mirror_not_found');
  });

  it('cannot sign somebody in for a page of another site', async () => {
    const refused = await newBrowser().send(
      'POST',
      '/v1/session',
      { token: adminToken },
      { origin: 'https://evil.example' },
    );
    expect(refused.body.code).toBe('csrf_refused');
  });
});

it('attempts to sign in are limited for each address', async () => {
  const browser = newBrowser();
  const statuses: number[] = [];
  for (let i = 0; i < 22; i++) statuses.push((await browser.signIn({ token: 'gw_no' })).status);
  expect(statuses).toEqual([...Array(20).fill(401), 429, 429]);
  const right = await browser.signIn({ token: adminToken });
  expect(right.status).toBe(429);
  expect(Number(right.headers['retry-after'])).toBeGreaterThan(0);
  expect((await newBrowser().signIn({ token: adminToken })).status).toBe(201);
});

describe('a person', () => {
  it('acts under their own name, in the audit log and as the author of saves', async () => {
    const { id, browser } = await adaOf('editor', { spaces: null });
    const repository = { url: 'https://git.example/k.git', branch: 'main' };
    await api.call('POST', '/v1/spaces', { id: 'k', name: 'k', repository });
    const saved = await browser.send('POST', '/v1/spaces/k/entries', {
      kind: 'skill',
      fields: { id: 'one', title: 'One' },
    });
    expect(saved.status).toBe(201);
    const [save] = await api.db.selectFrom('saves').selectAll().execute();
    expect(save).toMatchObject({
      person: { name: 'Ada', email: 'ada@example.com' },
      tokenId: null,
      personId: id,
    });
    const audit = await api.call('GET', '/v1/audit?limit=200');
    expect(audit.body.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          actor: 'Ada',
          personId: id,
          tokenId: null,
          action: 'entry.create',
        }),
        expect.objectContaining({ actor: 'Ada', personId: id, action: 'session.start' }),
        expect.objectContaining({ actor: 'admin', personId: null, action: 'person.create' }),
      ]),
    );
  });

  it('sees the operations that they started, and nobody else who sees only a part', async () => {
    const grants = { spaces: [{ space: 'o', kinds: ['skill'], role: 'editor' }] };
    const { browser: ada } = await adaOf('editor', grants);
    const { browser: eva } = await adaOf('editor', grants);
    const repository = { url: 'https://git.example/o.git', branch: 'main' };
    await api.call('POST', '/v1/spaces', { id: 'o', name: 'o', repository });
    const started = await ada.send('POST', '/v1/spaces/o/actions/import', {
      kind: 'skill',
      items: [{ name: 'skills/a.md', content: '---\nid: a\ntitle: A\n---\n' }],
    });
    expect(started.status).toBe(202);
    const ids = async (browser: Browser) =>
      ((await browser.send('GET', '/v1/spaces/o/operations')).body.items as { id: string }[]).map(
        ({ id }) => id,
      );
    expect(await ids(ada)).toEqual([started.body.id]);
    expect(await ids(eva)).toEqual([]);
    const url = `/v1/spaces/o/operations/${started.body.id}`;
    expect((await ada.send('GET', url)).status).toBe(200);
    expect((await eva.send('GET', url)).body.code).toBe('operation_not_found');
  });

  it('can do what their role says now', async () => {
    const { id, browser } = await adaOf('reader', { projects: null });
    expect((await browser.send('GET', '/v1/tokens')).status).toBe(403);
    const admin = await api.call('PATCH', `/v1/people/${id}`, { role: 'admin' });
    expect(admin.body).toMatchObject({ role: 'admin', projects: null, spaces: null });
    expect((await browser.send('GET', '/v1/tokens')).status).toBe(200);
    // An admin's access to everything does not outlive the role.
    const demoted = await api.call('PATCH', `/v1/people/${id}`, { role: 'reader' });
    expect(demoted.body).toMatchObject({ role: 'reader', projects: [], spaces: [] });
    expect((await browser.send('GET', '/v1/tokens')).status).toBe(403);
  });

  it('who is disabled is signed out at once, and for good', async () => {
    const { id, browser } = await adaOf();
    const code = await link(adminToken, { person: id });
    const disabled = await api.call('PATCH', `/v1/people/${id}`, { isDisabled: true });
    expect(disabled.body.disabledAt).toEqual(expect.any(String));
    expect((await browser.send('GET', '/v1/overview')).body.code).toBe('session_refused');
    expect((await newBrowser().signIn({ code })).body.code).toBe('sign_in_refused');
    const another = await api.call('POST', '/v1/sign-in-links', { person: id });
    expect(another.body).toMatchObject({ status: 409, code: 'person_disabled' });
    await api.call('PATCH', `/v1/people/${id}`, { isDisabled: false });
    expect((await browser.send('GET', '/v1/overview')).body.code).toBe('session_refused');
    expect((await newBrowser().signIn({ code })).body.code).toBe('sign_in_refused');
    const { items } = (await api.call('GET', '/v1/audit?action=person.change')).body;
    expect(items[0]).toMatchObject({ detail: { name: 'Ada', isDisabled: false } });
  });

  it('who was disabled while they signed in is not in, and stays out once they are enabled', async () => {
    const { id, browser } = await adaOf();
    await api.call('PATCH', `/v1/people/${id}`, { isDisabled: true });
    // As by a request that had found them before.
    const { secret } = await insertSession(api.db, api.sealer, {
      ...{ of: { tokenId: null, personId: id }, method: 'link', provider: null },
      ...{ userAgent: null, address: null, expiresAt: new Date(Date.now() + minute) },
    });
    browser.cookies.set('gitward', secret);
    expect((await browser.send('GET', '/v1/overview')).body.code).toBe('session_refused');
    await api.call('PATCH', `/v1/people/${id}`, { isDisabled: false });
    expect((await browser.send('GET', '/v1/overview')).body.code).toBe('session_refused');
  });
});
