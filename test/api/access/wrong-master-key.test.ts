import { createHmac, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { createSealer } from '../../../db/sealing.ts';
import { apiUnderTest } from '../api-under-test.ts';

/**
 * The API with which everything was stored, and then one on the same database with another master
 * key.
 */
const before = await apiUnderTest();
const repository = { url: 'https://git.example/knowledge.git', branch: 'main' };
const secret = 'a-secret-of-the-webhook';
await before.call('POST', '/v1/spaces', {
  id: 'sales',
  name: 'Sales',
  repository,
  webhook: { scheme: 'github', secrets: [secret] },
});
const after = await apiUnderTest({
  db: before.db,
  sealer: createSealer(randomBytes(32)),
  unopened: ['spaces.webhook_secrets'],
});

async function postWebhook(space: string, signature: string | null) {
  const payload = '{"ref": "refs/heads/main"}';
  const answer = await after.app.inject({
    method: 'POST',
    url: `/v1/webhooks/${space}`,
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'push',
      ...(signature === null ? {} : { 'x-hub-signature-256': signature }),
    },
    payload,
  });
  const { requestId, detail, ...rest } = answer.json<Record<string, string>>();
  expect(requestId).toEqual(expect.any(String));
  return { ...rest, detail: detail?.replaceAll(space, '<space>') };
}

it('a wrong master key is reported by readyz, without names', async () => {
  expect((await after.call('GET', '/readyz')).body).toMatchObject({ masterKey: false });
  expect((await after.call('GET', '/readyz')).status).toBe(503);
  expect((await before.call('GET', '/readyz')).body).toMatchObject({ masterKey: true });
});

it('with a wrong master key, strangers cannot tell an existing space from a missing one', async () => {
  const right = `sha256=${createHmac('sha256', secret).update('{"ref": "refs/heads/main"}').digest('hex')}`;
  for (const signature of [null, 'sha256=00', right])
    expect(await postWebhook('sales', signature)).toEqual(await postWebhook('nowhere', signature));
  expect(after.log()).toContain("A webhook's secrets cannot be opened");
});

it('with a wrong master key, everything that needs no secret still works', async () => {
  const { status, body } = await after.call('GET', '/v1/spaces/sales');
  expect(status).toBe(200);
  expect(body.webhook).toEqual({ scheme: 'github', secrets: null });
  expect((await after.call('GET', '/v1/spaces')).status).toBe(200);
});

it('an admin is told which value cannot be opened with a wrong master key', async () => {
  await before.call('POST', '/v1/projects', { id: 'p', source: { kind: 'sample' } });
  await before.db
    .updateTable('projects')
    .set({
      sourceToken: before.sealer.seal(Buffer.from('a-source-token'), 'projects/p/source-token'),
    })
    .where('id', '=', 'p')
    .execute();
  const preview = await after.call('PUT', '/v1/projects/p/mirrors/1', { repository });
  expect(preview.body).toMatchObject({
    status: 503,
    code: 'wrong_master_key',
    detail: expect.stringContaining('projects/p/source-token: sealed under'),
  });
});
