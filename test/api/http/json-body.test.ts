import { expect, it } from 'vitest';
import { deepestJson } from '../../../api/http/json-body.ts';
import { adminToken, apiUnderTest } from '../api-under-test.ts';

const api = await apiUnderTest({}, [
  (routes) => {
    routes.post('/v1/echo', { config: { role: 'admin' } }, (request, reply) =>
      reply.send({ body: request.body }),
    );
  },
]);

async function post(payload: string | Buffer) {
  const answer = await api.app.inject({
    method: 'POST',
    url: '/v1/echo',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    payload,
  });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
}

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

it.each([
  ['a byte that UTF-8 does not have', Buffer.from([0x22, 0xff, 0x22])],
  ['an overlong slash', Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
  ['half of a surrogate pair', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
  ['a character that is cut off', Buffer.from([0x22, 0xe2, 0x82, 0x22])],
])('refuses %s', async (_what, payload) => {
  expect(await post(payload)).toMatchObject({
    status: 400,
    body: { code: 'malformed_json', detail: 'The body is not valid UTF-8.' },
  });
});

it.each([
  ['500,000 arrays', nested(500_000)],
  ['500,000 open arrays', '['.repeat(500_000)],
  ['objects', '{"a":'.repeat(200_000)],
  ['one level too many', nested(deepestJson + 1)],
])('refuses %s before it parses them', async (_what, payload) => {
  expect(await post(payload)).toMatchObject({
    status: 400,
    body: { code: 'malformed_json', detail: expect.stringContaining('nested too deeply') },
  });
});

it.each([
  ['the deepest nesting', nested(deepestJson)],
  ['brackets in a string', JSON.stringify({ text: '['.repeat(500) })],
  ['brackets after an escaped quote and a backslash', JSON.stringify(['"[\\"'.repeat(300), '\\'])],
  ['characters of all lengths', JSON.stringify('aä€😀\u0000')],
  ['many lists beside each other', `[${'[],'.repeat(1_000)}[]]`],
])('reads %s', async (_what, payload) => {
  expect(await post(payload)).toEqual({ status: 200, body: { body: JSON.parse(payload) } });
});

it.each([
  ['nothing', ''],
  ['no JSON', '{"a"'],
  ['a prototype', '{"__proto__": {"a": 1}}'],
])('refuses %s, as Fastify does', async (_what, payload) => {
  expect(await post(payload)).toMatchObject({ status: 400, body: { code: 'malformed_json' } });
});
