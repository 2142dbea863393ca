import { expect, it } from 'vitest';
import { apiUnderTest, withMirror } from '../api-under-test.ts';

const api = await apiUnderTest();
const call: typeof api.call = (...given) => api.call(...given);
await withMirror(api, 'shop');
const day = 86_400_000;

async function made(body: object): Promise<{ token: string; answer: Record<string, unknown> }> {
  const { status, body: answer } = await call('POST', '/v1/tokens', { name: 'x', ...body });
  expect(status).toBe(201);
  return { token: String(answer.token), answer };
}

async function projectsSeen(token: string): Promise<unknown> {
  return (await call('GET', '/v1/projects', undefined, token)).body.items.length;
}

it('a token can do nothing that it was not granted', async () => {
  const { token, answer } = await made({ role: 'operator' });
  expect(answer).toMatchObject({ projects: [], spaces: [] });
  expect(await projectsSeen(token)).toBe(0);
  const paused = await call('POST', '/v1/projects/shop/mirrors/1/actions/pause', undefined, token);
  expect(paused.body).toMatchObject({ status: 404, code: 'project_not_found' });
});

it('a token for spaces has no projects, and a token for projects has no spaces', async () => {
  const ofSpaces = await made({ role: 'operator', spaces: null });
  expect(ofSpaces.answer).toMatchObject({ projects: [], spaces: null });
  expect(await projectsSeen(ofSpaces.token)).toBe(0);
  const ofProjects = await made({ role: 'operator', projects: null });
  expect(ofProjects.answer).toMatchObject({ projects: null, spaces: [] });
  expect(await projectsSeen(ofProjects.token)).toBe(1);
});

it("an admin's token can do everything", async () => {
  expect((await made({ role: 'admin' })).answer).toMatchObject({ projects: null, spaces: null });
});

it('a token is valid for a year by default', async () => {
  const { answer } = await made({ role: 'reader', projects: null });
  const left = Date.parse(String(answer.expiresAt)) - Date.now();
  expect(Math.round(left / day)).toBe(365);
  expect((await made({ role: 'reader', expiresAt: null })).answer.expiresAt).toBeNull();
  for (const expiresAt of ['2020-01-01', 'tomorrow', '2999-02-30'])
    expect(
      (await call('POST', '/v1/tokens', { name: 'x', role: 'reader', expiresAt })).status,
    ).toBe(422);
});

it('a token warns of its expiry for the last 30 days, and is then refused as expired', async () => {
  const { token, answer } = await made({ role: 'reader', projects: null });
  const at = async (expiresAt: Date) => {
    await api.db
      .updateTable('tokens')
      .set({ expiresAt })
      .where('id', '=', String(answer.id))
      .execute();
    return call('GET', '/v1/projects', undefined, token);
  };
  expect((await at(new Date(Date.now() + 31 * day))).headers).not.toHaveProperty(
    'gitward-token-expires',
  );
  const soon = new Date(Date.now() + 29 * day);
  expect((await at(soon)).headers).toHaveProperty('gitward-token-expires', soon.toISOString());
  const past = new Date(Date.now() - 1);
  expect((await at(past)).body).toMatchObject({
    status: 401,
    code: 'token_expired',
    detail: expect.stringContaining(past.toISOString()),
  });
});

it('the admin token of the settings never expires', async () => {
  const { body } = await call('GET', '/v1/tokens');
  const items = body.items as { name: string; expiresAt: string | null }[];
  expect(items.find(({ name }) => name === 'admin')).toMatchObject({ expiresAt: null });
});
