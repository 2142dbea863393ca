import { expect, it } from 'vitest';
import { adminToken, apiUnderTest, withMirror } from '../api-under-test.ts';

const api = await apiUnderTest();
await withMirror(api, 'p');

interface Parameter {
  name: string;
  in: 'path' | 'query';
}

const { body } = await api.call('GET', '/openapi.json');
const places = Object.entries(
  body.paths as Record<string, Record<string, { parameters?: Parameter[] }>>,
).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, { parameters = [] }]) =>
    parameters.map((parameter) => ({ method: method.toUpperCase(), path, parameter })),
  ),
);

const hostile = ['%00', 'a%00b', '%ED%A0%80', '%F0%9F', '%E2%80%AE', "'", '%25', '..%2F..', '-1'];

it.each(hostile)('no parameter that is %s fails inside', async (value) => {
  expect(places.length).toBeGreaterThan(50);
  for (const { method, path, parameter } of places) {
    const known: Record<string, string> = { project: 'p', branch: '1' };
    if (parameter.in === 'path') known[parameter.name] = value;
    const url = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => known[name] ?? 'x');
    const query = parameter.in === 'query' ? `?${parameter.name}=${value}` : '';
    const answer = await api.app.inject({
      method: method as 'GET',
      url: url + query,
      headers: { authorization: `Bearer ${adminToken}`, accept: 'text/event-stream' },
    });
    expect(answer.statusCode, `${method} ${url}${query}: ${answer.body}`).toBeLessThan(500);
  }
});
