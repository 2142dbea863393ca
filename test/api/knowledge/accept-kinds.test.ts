import { expect, test } from 'vitest';
import { apiUnderTest } from '../api-under-test.ts';

const api = await apiUnderTest();
const repository = { url: 'https://git.example/k.git', branch: 'main' };
await api.call('POST', '/v1/spaces', { id: 's', name: 's', repository });
const heldKinds = 'a'.repeat(64);
const url = '/v1/spaces/s/actions/accept-kinds';

test('an admin accepts the schema files that wait, and no others', async () => {
  expect((await api.call('POST', url, { heldKinds })).body.code).toBe('kinds_moved');
  await api.db.updateTable('spaces').set({ heldKinds }).where('id', '=', 's').execute();
  expect((await api.call('GET', '/v1/spaces/s')).body.heldKinds).toBe(heldKinds);
  const other = await api.call('POST', url, { heldKinds: 'b'.repeat(64) });
  expect(other).toMatchObject({ status: 409, body: { code: 'kinds_moved' } });
  api.told.length = 0;
  expect((await api.call('POST', url, { heldKinds })).status).toBe(200);
  expect(api.told).toEqual(['syncNow space/s']);
  const row = await api.db.selectFrom('spaces').selectAll().executeTakeFirstOrThrow();
  expect(row).toMatchObject({ acceptedKinds: heldKinds, rereadWanted: true });
  const { body } = await api.call('GET', '/v1/audit?limit=1');
  expect(body.items[0]).toMatchObject({ action: 'space.accept-kinds', detail: { heldKinds } });
});

test('nobody else does, and who may not read all kinds does not see what waits', async () => {
  const grant = { space: 's', kinds: null, role: 'operator' as const };
  const operator = await api.token({ role: 'operator', spaces: [grant] });
  const limited = await api.token({
    role: 'admin',
    spaces: [{ ...grant, kinds: ['customer'], role: 'admin' }],
  });
  for (const token of [operator, limited])
    expect((await api.call('POST', url, { heldKinds }, token)).status).toBe(403);
  const seen = (token: string) => api.call('GET', '/v1/spaces/s', undefined, token);
  expect((await seen(operator)).body.heldKinds).toBe(heldKinds);
  expect((await seen(limited)).body.heldKinds).toBeNull();
});
