import { request as ask, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { adminToken, apiUnderTest } from '../api-under-test.ts';

const api = await apiUnderTest();
await api.app.listen({ port: 0, host: '127.0.0.1' });
const { port } = api.app.server.address() as AddressInfo;

interface Answer {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Asks over the wire, with any method; without a token. */
function send(method: string, path: string, body?: string, headers = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = ask({ port, host: '127.0.0.1', method, path, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body: text }),
      );
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

describe('a path that exists, asked with another method', () => {
  test.each([
    ['PUT', '/v1/spaces', 'GET, HEAD, OPTIONS, POST'],
    ['GET', '/v1/events', 'OPTIONS, POST'],
    ['HEAD', '/v1/events', 'OPTIONS, POST'],
    ['DELETE', '/v1/me/host-tokens/', null],
    ['PATCH', '/v1/spaces/handbook/entries/e1', 'DELETE, GET, HEAD, OPTIONS, PUT'],
    ['TRACE', '/v1/session', 'DELETE, GET, HEAD, OPTIONS, POST'],
    ['PROPFIND', '/v1/tokens', 'GET, HEAD, OPTIONS, POST'],
    ['QUERY', '/v1/tokens?limit=2', 'GET, HEAD, OPTIONS, POST'],
    // A HEAD of a stream would wait for its end.
    ['HEAD', '/v1/spaces/handbook/stream', 'GET, OPTIONS'],
    ['POST', '/healthz', 'GET, HEAD, OPTIONS'],
    ['POST', '/openapi.json', 'GET, HEAD, OPTIONS'],
  ])('%s %s is allowed %s', async (method, path, allowed) => {
    const { status, headers, body } = await send(method, path);
    expect({ status, allow: headers.allow ?? null }).toEqual({
      status: allowed === null ? 404 : 405,
      allow: allowed,
    });
    expect(headers['content-type']).toContain('application/problem+json');
    if (method !== 'HEAD')
      expect(JSON.parse(body)).toMatchObject({
        code: allowed === null ? 'route_not_found' : 'method_not_allowed',
      });
  });

  test('is told so whatever its body is', async () => {
    const text = { 'content-type': 'text/plain' };
    const json = { 'content-type': 'application/json' };
    expect((await send('PUT', '/v1/spaces', 'hello', text)).status).toBe(405);
    expect((await send('PUT', '/v1/spaces', '{', json)).status).toBe(405);
    expect((await send('PUT', '/v1/spaces', 'x'.repeat(2_000_000), json)).status).toBe(405);
    expect((await send('PUT', '/v1/nothing', 'hello', text)).status).toBe(404);
  });

  test('is the same whether what it names exists, and whoever asks', async () => {
    const asked = await Promise.all([
      send('PUT', '/v1/projects/p1'),
      send('PUT', '/v1/projects/p1', undefined, { authorization: `Bearer ${adminToken}` }),
      send('PUT', '/v1/projects/p1', undefined, { authorization: 'Bearer gw_wrong' }),
    ]);
    expect(asked.map(({ status }) => status)).toEqual([405, 405, 405]);
    const said = asked.map(({ body }) => (JSON.parse(body) as { detail: string }).detail);
    expect(new Set(said).size).toBe(1);
  });

  test('OPTIONS tells its methods, and permits no other site anything', async () => {
    const preflight = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    const { status, headers, body } = await send('OPTIONS', '/v1/spaces', undefined, preflight);
    expect({ status, allow: headers.allow, body }).toEqual({
      status: 204,
      allow: 'GET, HEAD, OPTIONS, POST',
      body: '',
    });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

test.each([
  ['OPTIONS', '/v1/nothing'],
  ['PROPFIND', '/v1/nothing'],
  ['PUT', '/v1/spaces/a/b/c/d'],
  ['PUT', '/v1//entries'],
  ['POST', '/'],
])('%s of the unknown path %s is not found', async (method, path) => {
  const { status, headers } = await send(method, path);
  expect({ status, allow: headers.allow }).toEqual({ status: 404, allow: undefined });
});
