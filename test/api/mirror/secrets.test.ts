import { expect, it } from 'vitest';
import { replaceFindings } from '../../../db/streams/secret-findings.ts';
import type { SecretFinding } from '../../../model/text/secrets-in-text.ts';
import { apiUnderTest } from '../api-under-test.ts';

const api = await apiUnderTest();
const repository = { url: 'https://git.example/team.git', branch: 'main' };
const mirror = '/v1/projects/77/mirrors/1';

const finding = (path: string, line: number, column = 1): SecretFinding => ({
  ...{ path, line, column, rule: 'github', fingerprint: 'a'.repeat(32), masked: true },
});

it('a mirror masks secrets in texts unless it is told otherwise, and lists where they are', async () => {
  await api.call('POST', '/v1/projects', { id: '77', source: { kind: 'sample' } });
  const { body } = await api.call('PUT', mirror, { repository });
  expect(body).toMatchObject({
    secretsInText: 'mask',
    allowedSecrets: { paths: [], fingerprints: [] },
    secretsFound: 0,
  });
  const allowedSecrets = { paths: ['docs/*'], fingerprints: ['b'.repeat(32)] };
  const other = await api.call('PUT', mirror, {
    repository,
    secretsInText: 'warn',
    allowedSecrets,
  });
  expect(other.body).toMatchObject({ secretsInText: 'warn', allowedSecrets });
  const refused = await api.call('PUT', mirror, {
    repository,
    allowedSecrets: { fingerprints: ['the key itself'] },
  });
  expect(refused).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: '/allowedSecrets/fingerprints/0' }] },
  });

  const found = [finding('b: c.sql', 2, 9), finding('a.sql', 12), finding('a.sql', 2, 4)];
  await api.db.transaction().execute(async (trx) => {
    await replaceFindings(trx, 'mirror/77/1', ['a.sql', 'b: c.sql'], found);
    await replaceFindings(trx, 'mirror/78/1', ['z.sql'], [finding('z.sql', 1)]);
  });
  expect((await api.call('GET', mirror)).body).toMatchObject({ secretsFound: 3 });
  const pages: unknown[] = [];
  for (let query = '?limit=1'; ;) {
    const page = await api.call('GET', `${mirror}/secrets${query}`);
    expect(page.status).toBe(200);
    pages.push(page.body.items);
    if (page.body.nextCursor === null) break;
    query = `?limit=1&cursor=${String(page.body.nextCursor)}`;
  }
  expect(pages).toMatchObject([[found[2]], [found[1]], [found[0]]]);
  expect(JSON.stringify(pages)).toMatch(/"since":"20/);
  expect(await api.call('GET', `${mirror}/secrets?cursor=xx`)).toMatchObject({ status: 422 });
  expect(await api.call('GET', '/v1/projects/77/mirrors/9/secrets')).toMatchObject({ status: 404 });
});
