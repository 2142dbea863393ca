import { expect, test } from 'vitest';
import { addressOf } from '../../../cli/client/route-request.ts';

test('a parameter of the path stays one part of it, whatever it contains', () => {
  expect(
    addressOf('PUT /v1/spaces/:space/entries/:entry', { space: 'a/b', entry: 'č d?e#f%' }),
  ).toEqual({ method: 'PUT', path: '/v1/spaces/a%2Fb/entries/%C4%8D%20d%3Fe%23f%25' });
});

test('a parameter may stand before the end of the path', () => {
  const request = { project: 'p', branch: '1' };
  expect(addressOf('POST /v1/projects/:project/mirrors/:branch/actions/refresh', request)).toEqual({
    method: 'POST',
    path: '/v1/projects/p/mirrors/1/actions/refresh',
  });
});

test('the query is encoded, without what is not given', () => {
  const query = { q: 'tier:gold & more', kind: undefined, cursor: null, sort: '-updated' };
  expect(addressOf('GET /v1/spaces/:space/entries', { space: 's', query }).path).toBe(
    '/v1/spaces/s/entries?q=tier%3Agold+%26+more&sort=-updated',
  );
  expect(addressOf('GET /v1/spaces', { query: { kind: undefined } }).path).toBe('/v1/spaces');
});

test('a request names every parameter of the path, and only those', () => {
  // @ts-expect-error The entry is missing.
  expect(addressOf('GET /v1/spaces/:space/entries/:entry', { space: 's' }).path).toContain(
    'undefined',
  );
  // @ts-expect-error It is not a parameter of this path.
  expect(addressOf('GET /v1/spaces/:space', { space: 's', kind: 'k' }).path).toBe('/v1/spaces/s');
});
