import { connect as connectSocket, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createApi } from '../../../api/http/create-api.ts';
import type { AddRoutes } from '../../../api/http/deps.ts';
import { connect } from '../../../db/connect.ts';
import {
  adminToken,
  apiUnderTest,
  configChanged,
  withMirror,
  type Answer,
} from '../api-under-test.ts';
import { browserAt } from './browser.ts';

const failing: AddRoutes = (api) => {
  api.get('/fails', { config: { role: 'public' } }, () => {
    throw new Error('password=hunter2 in the text of an error');
  });
};
const api = await apiUnderTest({}, [failing]);

describe('access to routes', () => {
  test('a route that declares no role keeps the API from starting', async () => {
    const open: AddRoutes = (routes) => {
      routes.get('/v1/forgotten', () => 'secret');
    };
    const app = createApi(api.deps, [open]);
    await expect(app.ready()).rejects.toThrow('GET /v1/forgotten declares no role');
    await app.close();
  });

  test('a missing, unknown or revoked token gets a 401', async () => {
    expect((await api.call('GET', '/v1/projects', undefined, null)).body).toMatchObject({
      code: 'token_missing',
      status: 401,
    });
    expect((await api.call('GET', '/v1/projects', undefined, 'gw_unknown')).body.code).toBe(
      'token_refused',
    );
    const made = await api.call('POST', '/v1/tokens', { name: 'to revoke', role: 'reader' });
    const token = String(made.body.token);
    expect((await api.call('GET', '/v1/projects', undefined, token)).status).toBe(200);
    expect((await api.call('DELETE', `/v1/tokens/${made.body.id}`)).status).toBe(204);
    expect((await api.call('GET', '/v1/projects', undefined, token)).status).toBe(401);
    expect((await api.call('DELETE', `/v1/tokens/${made.body.id}`)).body.code).toBe(
      'token_not_found',
    );
  });

  test('readers and agents can read, operators can run mirrors, admins can decide', async () => {
    await withMirror(api, 'roles');
    const mirror = '/v1/projects/roles/mirrors/1';
    const place = { repository: { url: 'https://git.example/x.git', branch: 'main' } };
    for (const role of ['agent', 'reader'] as const) {
      const token = await api.token({ role });
      expect((await api.call('GET', mirror, undefined, token)).status).toBe(200);
      expect((await api.call('POST', `${mirror}/actions/pause`, undefined, token)).body.code).toBe(
        'role_insufficient',
      );
      expect((await api.call('POST', '/v1/events', [], token)).status).toBe(403);
      expect((await api.call('GET', '/v1/credentials', undefined, token)).status).toBe(403);
    }
    const operator = await api.token({ role: 'operator' });
    expect((await api.call('POST', `${mirror}/actions/pause`, undefined, operator)).status).toBe(
      200,
    );
    expect((await api.call('POST', `${mirror}/actions/resume`, undefined, operator)).status).toBe(
      200,
    );
    expect((await api.call('PUT', mirror, place, operator)).status).toBe(403);
    expect((await api.call('GET', '/v1/tokens', undefined, operator)).status).toBe(403);
    expect((await api.call('GET', '/v1/audit', undefined, operator)).status).toBe(403);
  });

  test('a token for some projects cannot see the others', async () => {
    await withMirror(api, 'seen');
    await withMirror(api, 'hidden');
    const token = await api.token({ role: 'operator', projects: ['seen'] });
    const list = await api.call('GET', '/v1/projects', undefined, token);
    expect(list.body.items).toMatchObject([{ id: 'seen' }]);
    for (const path of ['', '/mirrors', '/mirrors/1', '/mirrors/1/changes', '/mirrors/1/stream'])
      expect(
        (await api.call('GET', `/v1/projects/hidden${path}`, undefined, token)).body,
      ).toMatchObject({ code: 'project_not_found', status: 404 });
    const sent = await api.call(
      'POST',
      '/v1/events',
      [configChanged('hidden', 'a'), configChanged('seen', 'a')],
      token,
    );
    expect(sent.body).toMatchObject({
      accepted: 1,
      rejected: [{ index: 0, code: 'project_forbidden' }],
    });
  });

  test('a new admin token in the settings replaces the old one; a revoked one stays revoked', async () => {
    const other = await apiUnderTest();
    const { ensureAdminToken } = await import('../../../db/access/tokens.ts');
    const [signedIn, late] = [browserAt(other), browserAt(other)];
    expect((await signedIn.signIn({ token: adminToken })).status).toBe(201);
    const link = await other.call('POST', '/v1/sign-in-links', {});
    await ensureAdminToken(other.db, adminToken);
    expect((await signedIn.send('GET', '/v1/projects')).status).toBe(200);
    await ensureAdminToken(other.db, 'gw_second');
    expect((await other.call('GET', '/v1/projects')).status).toBe(401);
    // Nor does what was begun with the old one.
    expect((await signedIn.send('GET', '/v1/projects')).body.code).toBe('session_refused');
    const code = String(link.body.url).replace(/^.*#code=/, '');
    expect((await late.signIn({ code })).body.code).toBe('sign_in_refused');
    expect((await other.call('GET', '/v1/projects', undefined, 'gw_second')).status).toBe(200);
    const tokens = await other.call('GET', '/v1/tokens', undefined, 'gw_second');
    await other.call('DELETE', `/v1/tokens/${tokens.body.items[0].id}`, undefined, 'gw_second');
    await ensureAdminToken(other.db, 'gw_second');
    expect((await other.call('GET', '/v1/projects', undefined, 'gw_second')).status).toBe(401);
  });

  test('the use of a token is recorded at most once a minute', async () => {
    const token = await api.token({ role: 'reader', name: 'noted' });
    const used = async () =>
      (
        await api.db
          .selectFrom('tokens')
          .select('lastUsedAt')
          .where('name', '=', 'noted')
          .executeTakeFirstOrThrow()
      ).lastUsedAt;
    expect(await used()).toBeNull();
    await api.call('GET', '/v1/projects', undefined, token);
    const first = await used();
    expect(first).not.toBeNull();
    await api.call('GET', '/v1/projects', undefined, token);
    expect(await used()).toEqual(first);
  });
});

describe('a refused request is answered with a problem', () => {
  test.each([
    ['an unknown route', { method: 'GET', url: '/v1/nothing' }, 404, 'route_not_found'],
    ['malformed JSON', { payload: '{"a":', type: 'application/json' }, 400, 'malformed_json'],
    ['an empty body', { payload: '', type: 'application/json' }, 400, 'malformed_json'],
    ['another media type', { payload: 'a: 1', type: 'text/yaml' }, 415, 'unsupported_media_type'],
    ['plain text', { payload: 'a', type: 'text/plain' }, 415, 'unsupported_media_type'],
    ['a missing field', { payload: '{}', type: 'application/json' }, 400, 'invalid_request'],
    [
      'a body that is too large',
      { payload: JSON.stringify({ id: 'x'.repeat(2_000_000) }), type: 'application/json' },
      413,
      'body_too_large',
    ],
  ])(
    '%s',
    async (
      _name,
      { method, url, payload, type }: Record<string, string | undefined>,
      status,
      code,
    ) => {
      const answer = await api.app.inject({
        method: (method ?? 'POST') as 'POST',
        url: url ?? '/v1/projects',
        headers: {
          authorization: `Bearer ${adminToken}`,
          ...(type ? { 'content-type': type } : {}),
        },
        ...(payload === undefined ? {} : { payload }),
      });
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.json()).toMatchObject({
        status,
        code,
        title: expect.any(String),
        detail: expect.any(String),
        requestId: answer.headers['x-request-id'],
      });
      expect(answer.statusCode).toBe(status);
    },
  );

  test('that names the invalid fields', async () => {
    const { body } = await api.call('PUT', '/v1/projects/p/mirrors/1', {
      repository: { url: 'https://git.example/x.git' },
      samples: { rows: 'many' },
      sampels: {},
    });
    expect(body.code).toBe('invalid_request');
    expect(body.errors).toEqual(
      expect.arrayContaining([
        { pointer: '/repository/branch', message: 'is missing' },
        { pointer: '/sampels', message: 'is not a known field' },
        { pointer: '/samples/rows', message: expect.any(String) },
      ]),
    );
  });

  test('without the text of an internal error, which is logged with the request id', async () => {
    const { status, body, text } = await api.call('GET', '/fails', undefined, null);
    expect(status).toBe(500);
    expect(body.code).toBe('internal_error');
    expect(text).not.toContain('hunter2');
    const line = api
      .log()
      .split('\n')
      .find((entry) => entry.includes('request failed'));
    expect(JSON.parse(line ?? '')).toMatchObject({ exception_id: body.requestId });
  });

  test('with status 503 if the database is unreachable, so that senders try again', async () => {
    const orphan = await apiUnderTest();
    await orphan.db.destroy();
    const away = connect({ url: 'postgres://nobody@127.0.0.1:1/none', onError: () => undefined });
    const app = createApi({ ...orphan.deps, db: away });
    const answer = await app.inject({
      method: 'GET',
      url: '/v1/projects',
      headers: { authorization: `Bearer ${adminToken}` },
    });
    await app.close();
    await away.destroy();
    expect(answer.json()).toMatchObject({ status: 503, code: 'database_unavailable' });
  });

  test('if it contains text that the database cannot store, unless that text can be repaired', async () => {
    const token = { kind: 'person', name: 'x', role: 'reader', email: 'a\u0000@example.com' };
    expect((await api.call('POST', '/v1/tokens', token)).status).toBe(400);
    const credential = { name: 'half \ud83d', origin: 'git.example', token: 'x-secret' };
    expect((await api.call('POST', '/v1/credentials', credential)).body.name).toBe('half \ufffd');
  });

  test('even if it is not HTTP', async () => {
    const app = createApi(api.deps);
    await app.listen({ port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const socket = connectSocket(port, '127.0.0.1');
    socket.end('NONSENSE\r\n\r\n');
    const answer = await text(socket);
    await app.close();
    expect(answer).toMatch(/^HTTP\/1.1 400 [^]*application\/problem\+json[^]*invalid_request/);
  });

  test('with status 429 if its token has made too many requests, but other tokens are not affected', async () => {
    const limited = await apiUnderTest({ requestsPerMinute: 3 });
    const other = await limited.token({ role: 'reader' });
    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push((await limited.call('GET', '/v1/projects')).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    expect((await limited.call('GET', '/v1/projects')).body.code).toBe('rate_limited');
    expect((await limited.call('GET', '/v1/projects', undefined, other)).status).toBe(200);
    expect((await limited.call('GET', '/healthz', undefined, null)).status).toBe(200);
  });

  test('with status 429 after too many guessed tokens', async () => {
    const guessed = await apiUnderTest();
    let last: Answer | null = null;
    for (let i = 0; i < 62; i++)
      last = await guessed.call('GET', '/v1/projects', undefined, `gw_${i}`);
    expect(last?.status).toBe(429);
    expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0);
    expect((await guessed.call('GET', '/v1/projects')).status).toBe(200);
  });
});

describe('health checks', () => {
  test('made at the same time share one look at the servers', async () => {
    let looks = 0;
    const health = async () => {
      looks++;
      await sleep(100);
      return { temporal: true, worker: true };
    };
    const asked = await apiUnderTest({ workflows: { ...api.deps.workflows, health } });
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => asked.call('GET', '/readyz', undefined, null)),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(looks).toBe(1);
    expect((await asked.call('GET', '/readyz', undefined, null)).status).toBe(200);
    expect(looks).toBe(2);
  });

  test('say which part is missing', async () => {
    expect((await api.call('GET', '/readyz', undefined, null)).body).toEqual({
      database: true,
      temporal: true,
      worker: true,
      masterKey: true,
    });
    api.temporal.away = true;
    const away = await api.call('GET', '/readyz', undefined, null);
    api.temporal.away = false;
    expect(away.status).toBe(503);
    expect(away.body).toEqual({
      database: true,
      temporal: false,
      worker: false,
      masterKey: true,
    });
    expect((await api.call('GET', '/healthz', undefined, null)).status).toBe(200);
  });

  test('say to operators how other hosts are reached, and to nobody else', async () => {
    const network = {
      ...{ httpsProxy: 'http://proxy.corp:3128', httpProxy: null, trustProxyDns: false },
      certificateFiles: ['/etc/corp-ca.pem'],
    };
    const asked = await apiUnderTest({ network });
    const [operator, reader] = [
      await asked.token({ role: 'operator' }),
      await asked.token({ role: 'reader' }),
    ];
    for (const token of [undefined, operator])
      expect((await asked.call('GET', '/readyz', undefined, token)).body).toMatchObject({
        ...{ database: true, network },
      });
    for (const token of [null, reader, 'gw_unknown'])
      expect((await asked.call('GET', '/readyz', undefined, token)).body).not.toHaveProperty(
        'network',
      );
    expect((await asked.call('GET', '/readyz', undefined, 'gw_unknown')).status).toBe(200);
  });

  test('answer everybody when the database is away', async () => {
    const away = await apiUnderTest();
    await away.db.destroy();
    for (const token of [undefined, null]) {
      const { status, body } = await away.call('GET', '/readyz', undefined, token);
      expect([status, body.database]).toEqual([503, false]);
    }
  });

  test('know at once that the worker of this process is down, while Temporal still thinks that it polls', async () => {
    let up = false;
    const starting = await apiUnderTest({ isOwnWorkerUp: () => up });
    const down = await starting.call('GET', '/readyz', undefined, null);
    expect(down.status).toBe(503);
    expect(down.body).toMatchObject({ temporal: true, worker: false });
    up = true;
    expect((await starting.call('GET', '/readyz', undefined, null)).status).toBe(200);
  });
});
