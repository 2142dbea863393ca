import type { RouteOptions } from 'fastify';
import { afterAll, expect, test } from 'vitest';
import { createApi } from '../../../api/http/create-api.ts';
import { answers } from '../../../cli/client/answers.ts';
import { apiUnderTest } from '../../api/api-under-test.ts';

const { deps } = await apiUnderTest();
const routes = new Map<string, RouteOptions>();
const app = createApi(deps);
app.addHook('onRoute', (route) => {
  for (const method of [route.method].flat()) routes.set(`${method} ${route.url}`, route);
});
afterAll(() => app.close());
await app.ready();

test.each(Object.entries(answers))('%s answers what the commands expect', (name, answer) => {
  const declared = Object.entries(routes.get(name)?.schema?.response ?? {});
  const successes = declared.filter(([status]) => status.startsWith('2'));
  expect(successes).not.toEqual([]);
  const any = 'anyOf' in answer ? answer.anyOf : [];
  for (const [status, schema] of successes)
    expect([answer, ...any].map(shapeOf), status).toContainEqual(shapeOf(schema));
});

/** A schema without words about it. */
function shapeOf(schema: unknown): unknown {
  return { ...(schema as object), description: undefined };
}
