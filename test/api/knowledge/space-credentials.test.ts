import { expect, test } from 'vitest';
import { apiUnderTest } from '../api-under-test.ts';

const api = await apiUnderTest();

/** A space that uses this credential. */
async function space(id: string, credentialId: string, endedAt: Date | null = null) {
  await api.db
    .insertInto('spaces')
    .values({
      id,
      name: id,
      repositoryUrl: `https://git.example/${id}.git`,
      repositoryBranch: 'main',
      credentialId,
      root: 'knowledge',
      rules: JSON.stringify({ publicKinds: [], index: true, notify: { emails: [] } }),
      lastSequence: 0,
      endedAt,
    })
    .execute();
}

async function credential(name: string): Promise<string> {
  const made = await api.call('POST', '/v1/credentials', {
    ...{ name, token: `secret-of-${name}` },
    origin: 'https://git.example',
  });
  return String(made.body.id);
}

test('a rotated credential wakes the spaces that use it, and no others', async () => {
  const [one, other] = [await credential('one'), await credential('other')];
  await space('sales', one);
  await space('legal', one);
  await space('ended', one, new Date());
  await space('elsewhere', other);
  api.told.length = 0;
  await api.call('PUT', `/v1/credentials/${one}/secret`, { token: 'another-secret' });
  expect(api.told.sort()).toEqual(['retryNow space/legal', 'retryNow space/sales']);
});

test('a credential cannot be deleted while a space uses it, but can once the space has ended', async () => {
  const id = await credential('used');
  await space('using', id);
  const refused = await api.call('DELETE', `/v1/credentials/${id}`);
  expect(refused.status).toBe(409);
  expect(refused.body).toMatchObject({ code: 'credential_in_use' });
  expect(refused.text).toContain('space/using');
  await api.db
    .updateTable('spaces')
    .set({ endedAt: new Date() })
    .where('id', '=', 'using')
    .execute();
  expect((await api.call('DELETE', `/v1/credentials/${id}`)).status).toBe(204);
  const row = await api.db
    .selectFrom('spaces')
    .select('credentialId')
    .where('id', '=', 'using')
    .executeTakeFirstOrThrow();
  expect(row.credentialId).toBeNull();
});
