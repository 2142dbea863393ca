import { expect, test } from 'vitest';
import { jsonb } from '../../../db/storable.ts';
import { apiUnderTest } from '../api-under-test.ts';

const api = await apiUnderTest();
const repository = { url: 'https://git.example/k.git', branch: 'main' };
const prices = { name: 'Prices', kinds: ['skill'], fields: ['price'], approvals: 2, author: false };
const people = { name: 'People', kinds: ['customer'], approvals: 1, author: false };
const acme = { name: 'Acme', paths: ['customers/acme*'], approvals: 1, author: false };
const digest = 'a'.repeat(64);
const url = '/v1/spaces/s/review-rules';
const accept = '/v1/spaces/s/actions/accept-rules';

await api.call('POST', '/v1/spaces', {
  ...{ id: 's', name: 's', repository },
  rules: { review: [{ name: 'Prices', kinds: ['skill'], fields: ['price'], approvals: 2 }] },
});
await api.db
  .updateTable('spaces')
  .set({
    reviewRules: jsonb([people, acme]),
    heldRules: jsonb({ digest, rules: [people] }),
  })
  .execute();

test('all rules in force are shown with where they are from, and what waits', async () => {
  expect((await api.call('GET', url)).body).toEqual({
    rules: [
      { ...people, from: 'repository' },
      { ...acme, from: 'repository' },
      { ...prices, from: 'settings' },
    ],
    waiting: { digest, rules: [people] },
  });
  expect((await api.call('GET', '/v1/spaces/s')).body.heldRules).toBe(digest);
});

test('who may not read all kinds sees only rules about kinds that they may read, and nothing that waits', async () => {
  const seen = async (...kinds: string[]) => {
    const token = await api.token({
      role: 'admin',
      spaces: [{ space: 's', kinds, role: 'admin' }],
    });
    const { body } = await api.call('GET', url, undefined, token);
    expect(body.waiting).toBeNull();
    expect((await api.call('GET', '/v1/spaces/s', undefined, token)).body.heldRules).toBeNull();
    expect((await api.call('POST', accept, { heldRules: digest }, token)).status).toBe(403);
    return (body.rules as { name: string }[]).map(({ name }) => name);
  };
  expect(await seen('skill')).toEqual(['Prices']);
  expect(await seen('customer')).toEqual(['People']);
  expect(await seen('customer', 'skill')).toEqual(['People', 'Prices']);
  expect(await seen('document')).toEqual([]);
});

test('the rules of the settings are changed as a whole, checked, with their defaults', async () => {
  const change = (review: unknown) => api.call('PATCH', '/v1/spaces/s', { rules: { review } });
  const refused = await change([
    { name: 'A', paths: ['/x'] },
    { name: 'A', approvers: ['boss'] },
  ]);
  expect(refused).toMatchObject({
    status: 422,
    body: {
      errors: [
        { pointer: '/rules/review/0/paths/0' },
        { pointer: '/rules/review/1/approvers/0' },
        { pointer: '/rules/review/1/name' },
      ],
    },
  });
  for (const wrong of [[{ name: 'A', kind: ['skill'] }], [{}], [{ name: 'A', approvals: 11 }], {}])
    expect((await change(wrong)).status).toBe(400);
  expect((await change([{ name: 'A' }])).status).toBe(200);
  const settings = { name: 'A', approvals: 1, author: false, from: 'settings' };
  expect((await api.call('GET', url)).body.rules).toContainEqual(settings);
  // Other settings leave them alone.
  await api.call('PATCH', '/v1/spaces/s', { rules: { index: false } });
  expect((await api.call('GET', url)).body.rules).toHaveLength(3);
  expect((await change([])).status).toBe(200);
  expect((await api.call('GET', url)).body.rules).toHaveLength(2);
});

test('an admin accepts the rules that wait, and no others', async () => {
  const grant = { space: 's', kinds: null, role: 'operator' as const };
  const operator = await api.token({ role: 'operator', spaces: [grant] });
  expect((await api.call('POST', accept, { heldRules: digest }, operator)).status).toBe(403);
  const other = await api.call('POST', accept, { heldRules: 'b'.repeat(64) });
  expect(other).toMatchObject({ status: 409, body: { code: 'rules_moved' } });
  api.told.length = 0;
  expect((await api.call('POST', accept, { heldRules: digest })).status).toBe(200);
  expect(api.told).toEqual(['syncNow space/s']);
  const row = await api.db.selectFrom('spaces').selectAll().executeTakeFirstOrThrow();
  expect(row).toMatchObject({ acceptedRules: digest });
  const { body } = await api.call('GET', '/v1/audit?limit=1');
  expect(body.items[0]).toMatchObject({
    action: 'space.accept-rules',
    detail: { heldRules: digest },
  });
});
