import { expect, test } from 'vitest';
import { apiUnderTest, withMirror } from '../api-under-test.ts';

const api = await apiUnderTest();
for (const project of ['shop', 'shop-old', 'bank']) await withMirror(api, project);
await withMirror(api, 'gone');
await api.call('DELETE', '/v1/projects/gone/mirrors/1');
for (const [id, name] of [
  ['sales', 'Shop knowledge'],
  ['legal', '100% legal_texts'],
])
  await api.call('POST', '/v1/spaces', {
    ...{ id, name },
    repository: { url: `https://git.example/${id}.git`, branch: 'main' },
  });
await api.token({ role: 'operator', name: 'Events of the shop' });
const revoked = await api.call('POST', '/v1/tokens', { name: 'Old shop', role: 'reader' });
await api.call('DELETE', `/v1/tokens/${String(revoked.body.id)}`);

for (const name of ['Sam Shopkeeper', 'Former Shopkeeper'])
  await api.call('POST', '/v1/people', { name, email: 'sam@example.com', role: 'reader' });
await api.db
  .updateTable('people')
  .set({ disabledAt: new Date() })
  .where('name', '=', 'Former Shopkeeper')
  .execute();

async function found(text: string, token?: string): Promise<string[]> {
  const url = `/v1/find?text=${encodeURIComponent(text)}`;
  const { status, body, text: answer } = await api.call('GET', url, undefined, token);
  expect(status, answer).toBe(200);
  const items = body.items as { kind: string; id: string; name: string }[];
  return items.map(({ kind, id, name }) =>
    kind === 'token' || kind === 'person' ? `${kind} ${name}` : id,
  );
}

test.each([
  [
    'shop',
    [
      'mirror/shop/1',
      'mirror/shop-old/1',
      'person Sam Shopkeeper',
      'space/sales',
      'token Events of the shop',
    ],
  ],
  ['shopkeeper', ['person Sam Shopkeeper']],
  ['sam@example', ['person Sam Shopkeeper']],
  ['SHOP old', ['mirror/shop-old/1']],
  ['knowledge  shop', ['space/sales']],
  ['sales', ['space/sales']],
  ['gone', []],
  ['100%', ['space/legal']],
  ['%', ['space/legal']],
  ['l_t', ['space/legal']],
  ['\\', []],
  ["' OR true --", []],
])('"%s" finds what has all its words, the best first', async (text, ids) => {
  const all = await found(text);
  expect(new Set(all)).toEqual(new Set(ids));
  expect(all.slice(0, 2)).toEqual(ids.slice(0, 2));
});

test('a branch is found', async () => {
  expect(await found('bank main')).toEqual(['mirror/bank/1']);
});

test('no more than twenty are found', async () => {
  for (let count = 0; count < 25; count += 1) await withMirror(api, `many${count}`);
  expect(await found('many')).toHaveLength(20);
});

test('only what the caller may see is found, and people and tokens only by admins', async () => {
  const operator = await api.token({ role: 'operator', name: 'shop operator' });
  expect(await found('shop', operator)).toEqual([
    ...['mirror/shop/1', 'mirror/shop-old/1', 'space/sales'],
  ]);
  const limited = await api.token({
    ...{ role: 'reader', projects: ['shop-old'] },
    spaces: [{ space: 'legal', kinds: ['skill'], role: 'reader' }],
  });
  expect(await found('shop', limited)).toEqual(['mirror/shop-old/1']);
  expect(await found('l', limited)).toEqual(['space/legal', 'mirror/shop-old/1']);
});

test.each(['', '%20', '%00', 'x'.repeat(101)])('"%s" is refused', async (text) => {
  expect((await api.call('GET', `/v1/find?text=${text}`)).status).toBe(400);
});
