import { expect, test } from 'vitest';
import { apiUnderTest } from '../api-under-test.ts';

const api = await apiUnderTest();

test.each([
  ['limit=7', 200],
  ['limit=1', 200],
  // What the library would take for 1.
  ['limit=true', 400],
  ['limit=1.9', 400],
  ['limit=1e0', 400],
  ['limit=%201', 400],
  ['limit=0x1', 400],
  ['limit=', 400],
  ['limit=null', 400],
  ['limit=1&limit=2', 400],
  ['limit=99999999999999999999', 400],
  ['active=true', 200],
  ['active=false', 200],
  ['active=1', 400],
  ['active=TRUE', 400],
  ['active=', 400],
  // Unknown parameters are not looked at, whatever they are called.
  ['constructor=1&__proto__=2', 200],
])('the query %s is answered with %i', async (query, status) => {
  const answer = await api.call('GET', `/v1/tokens?${query}`);
  expect(answer.status, answer.text).toBe(status);
});

test('a number in a body is not read from a text', async () => {
  const mirror = { repository: { url: 'https://git.example/x.git' }, samples: { rows: '5' } };
  const { status, body } = await api.call('PUT', '/v1/projects/p/mirrors/1', mirror);
  expect({ status, errors: body.errors }).toMatchObject({
    status: 400,
    errors: expect.arrayContaining([expect.objectContaining({ pointer: '/samples/rows' })]),
  });
});
