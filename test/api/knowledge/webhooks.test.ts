import { createHmac, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { endSpace, insertSpace } from '../../../db/knowledge/spaces.ts';
import type { WebhookScheme } from '../../../model/knowledge/space.ts';
import { webhookHosts as hosts, type Headers } from '../../support/knowledge/webhook-hosts.ts';
import { apiUnderTest } from '../api-under-test.ts';

const api = await apiUnderTest();
const secret = 'the-new-secret-of-the-hook';
const oldSecret = 'the-old-secret-of-the-hook';
const push = { ref: 'refs/heads/main', commits: [{ message: 'words-of-a-commit' }] };

async function addSpace(
  id: string,
  scheme: WebhookScheme | null,
  secrets = [secret, oldSecret],
): Promise<void> {
  const stored = await api.db.transaction().execute((trx) =>
    insertSpace(trx, api.sealer, id, {
      name: id,
      repository: { url: `https://git.example/${id}.git`, branch: 'main', credentialId: null },
      root: 'knowledge',
      checks: null,
      rules: { publicKinds: [], index: true, notify: { emails: [] } },
      webhook: scheme && { scheme, secrets },
    }),
  );
  expect(stored.kind).toBe('stored');
}

async function post(spaceId: string, body: string, headers: Headers) {
  api.told.length = 0;
  const answer = await api.app.inject({
    method: 'POST',
    url: `/v1/webhooks/${spaceId}`,
    headers: { 'content-type': 'application/json', ...headers },
    payload: body,
  });
  return { status: answer.statusCode, body: answer.json() };
}

/** A push as the space's host delivers it. */
function deliver(
  scheme: WebhookScheme,
  { id = randomUUID(), key = secret, body = JSON.stringify(push), more = {} } = {},
) {
  const host = hosts[scheme];
  return post(scheme, body, {
    ...host.sign(body, key),
    ...host.delivery(id),
    ...host.push,
    ...more,
  });
}

describe.each(['github', 'gitlab', 'gitea'] as const)('the webhook of a space at %s', (scheme) => {
  test('makes the space look at its branch, once per delivery, with either secret', async () => {
    await addSpace(scheme, scheme);
    const id = randomUUID();
    expect(await deliver(scheme, { id })).toEqual({
      status: 202,
      body: { duplicate: false, ignored: false },
    });
    expect(api.told).toEqual([`syncNow space/${scheme}`]);
    expect(await deliver(scheme, { id })).toEqual({
      status: 202,
      body: { duplicate: true, ignored: false },
    });
    expect(api.told).toEqual([]);
    expect((await deliver(scheme, { key: oldSecret })).status).toBe(202);
    expect(api.told).toEqual([`syncNow space/${scheme}`]);
  });

  test('refuses a wrong secret, and a changed body if the host signs bodies', async () => {
    expect(await deliver(scheme, { key: 'another' })).toMatchObject({
      status: 401,
      body: { code: 'webhook_refused' },
    });
    const signature = hosts[scheme].sign(JSON.stringify(push), secret);
    const changed = await post(scheme, JSON.stringify({ ...push, forged: true }), signature);
    expect(changed.status).toBe(scheme === 'gitlab' ? 202 : 401);
  });

  test('verifies the raw bytes, whatever their content type', async () => {
    const body = `payload=${encodeURIComponent(JSON.stringify(push))}`;
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await deliver(scheme, { body, more: form })).status).toBe(202);
    expect(api.told).toHaveLength(1);
  });

  test('refuses a body of more than 1 MiB before reading it', async () => {
    const body = JSON.stringify({ ...push, filler: 'x'.repeat(1024 * 1024) });
    expect(await deliver(scheme, { body })).toMatchObject({
      status: 413,
      body: { code: 'body_too_large' },
    });
  });

  test('ignores other branches and other events', async () => {
    const body = JSON.stringify({ ...push, ref: 'refs/heads/feature' });
    const [event = ''] = Object.keys(hosts[scheme].push);
    for (const answer of [
      await deliver(scheme, { body }),
      await deliver(scheme, { more: { [event]: 'ping' } }),
    ])
      expect(answer).toEqual({ status: 202, body: { duplicate: false, ignored: true } });
    expect(api.told).toEqual([]);
  });

  test('is known to work once its host has delivered anything with a right signature', async () => {
    const id = `heard-${scheme}`;
    await addSpace(id, scheme);
    const ask = () => api.call('GET', `/v1/spaces/${id}/webhook`);
    const send = (key: string) => {
      const [event = ''] = Object.keys(hosts[scheme].push);
      const { sign, delivery } = hosts[scheme];
      return post(id, '{}', { ...sign('{}', key), ...delivery(randomUUID()), [event]: 'ping' });
    };
    expect((await send('another-secret')).status).toBe(401);
    const url = `${api.deps.publicUrl()}/v1/webhooks/${id}`;
    expect((await ask()).body).toEqual({ url, scheme, lastDelivery: null });
    const before = Date.now();
    expect((await send(secret)).body).toEqual({ duplicate: false, ignored: true });
    const { lastDelivery } = (await ask()).body as { lastDelivery: string };
    expect(Date.parse(lastDelivery)).toBeGreaterThanOrEqual(before - 1_000);
  });

  test('is accepted while Temporal is unreachable, since the next poll finds what was pushed', async () => {
    api.temporal.away = true;
    const { status } = await deliver(scheme);
    api.temporal.away = false;
    expect(status).toBe(202);
  });
});

test('an unsigned or refused delivery does not reveal which spaces exist', async () => {
  await addSpace('without', null);
  await addSpace('ended', 'github');
  await api.db.transaction().execute((trx) => endSpace(trx, 'ended', false));
  const body = JSON.stringify(push);
  const signed = hosts.github.sign(body, secret);
  const wrong = { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` };
  const answers = ['github', 'without', 'ended', 'nowhere'].map(async (id) => {
    const refused = await post(id, body, id === 'github' ? { ...signed, ...wrong } : signed);
    const unsigned = await post(id, body, {});
    return JSON.stringify([refused, unsigned])
      .replaceAll(id, '<space>')
      .replace(/"requestId":"[^"]+"/g, '');
  });
  const [first, ...others] = await Promise.all(answers);
  expect(first).toContain('webhook_refused');
  expect(first).toContain('signature_missing');
  expect(new Set(others)).toEqual(new Set([first]));
  expect(api.log()).toContain('there is no such space, or it has no webhook');
});

test('a signing token of GitLab is verified as in Standard Webhooks, and for five minutes', async () => {
  const key = Buffer.from('a key of thirty-two bytes, or so');
  await addSpace('signing', 'gitlab', [`whsec_${key.toString('base64')}`]);
  const body = JSON.stringify(push);
  const at = (seconds: number) => {
    const [id, time] = [randomUUID(), String(Math.floor(Date.now() / 1000) + seconds)];
    const signature = createHmac('sha256', key).update(`${id}.${time}.${body}`).digest('base64');
    return post('signing', body, {
      'webhook-id': id,
      'webhook-timestamp': time,
      'webhook-signature': `v1,bm90IGl0 v1,${signature}`,
    });
  };
  expect((await at(0)).status).toBe(202);
  expect((await at(-600)).status).toBe(401);
});

test('a delivery is forgotten after a month, and nothing of its body is stored or logged', async () => {
  const id = randomUUID();
  await deliver('github', { id });
  await api.db
    .updateTable('webhookDeliveries')
    .set({ receivedAt: new Date(Date.now() - 31 * 86_400_000) } as never)
    .where('deliveryId', '=', id)
    .execute();
  await deliver('github');
  const kept = await api.db.selectFrom('webhookDeliveries').selectAll().execute();
  expect(kept.map(({ deliveryId }) => deliveryId)).not.toContain(id);
  expect((await deliver('github', { id })).body.duplicate).toBe(false);
  expect(JSON.stringify(kept)).not.toContain('words-of-a-commit');
  for (const word of ['words-of-a-commit', secret, oldSecret])
    expect(api.log()).not.toContain(word);
});
