import { expect, test } from 'vitest';
import { revokeToken } from '../../../db/access/tokens.ts';
import { apiUnderTest } from '../api-under-test.ts';

const api = await apiUnderTest();

test('tokens are listed by whether they work', async () => {
  for (const name of ['works', 'expired', 'revoked']) {
    const made = await api.call('POST', '/v1/tokens', { name, role: 'reader' });
    const id = String(made.body.id);
    if (name === 'revoked') await revokeToken(api.db, id);
    if (name === 'expired')
      await api.db
        .updateTable('tokens')
        .set({ expiresAt: new Date(Date.now() - 1_000) })
        .where('id', '=', id)
        .execute();
  }
  const named = async (query: string) => {
    const { body } = await api.call('GET', `/v1/tokens${query}`);
    return (body.items as { name: string }[]).map(({ name }) => name).sort();
  };
  expect(await named('?active=true')).toEqual(['admin', 'works']);
  expect(await named('?active=false')).toEqual(['expired', 'revoked']);
  expect(await named('')).toEqual(['admin', 'expired', 'revoked', 'works']);
  const first = await api.call('GET', '/v1/tokens?active=true&limit=1');
  const next = `&cursor=${String(first.body.nextCursor)}`;
  const second = await api.call('GET', `/v1/tokens?active=true&limit=1${next}`);
  expect([first.body.items.length, second.body.items.length]).toEqual([1, 1]);
  expect(second.body.nextCursor).toBeNull();
});
