import { randomUUID } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import { webhookSchemes, type WebhookScheme } from '../../model/knowledge/space.ts';
import { TestGitward } from '../support/gitward.ts';
import { webhookHosts } from '../support/knowledge/webhook-hosts.ts';

const gitward = await TestGitward.start({ GITWARD_POLL_INTERVAL: '20s' });
afterAll(() => gitward.stop());

const [secret, oldSecret] = ['the-new-secret-of-the-hook', 'the-old-secret-of-the-hook'];
const push = JSON.stringify({ ref: 'refs/heads/main' });
const path = 'knowledge/skills/sql.md';

function skill(version: number): string {
  return `---\nid: sql\ntitle: SQL ${version}\n---\n`;
}

function headersOf(scheme: WebhookScheme, body: string, key: string, id: string) {
  const host = webhookHosts[scheme];
  return { ...host.sign(body, key), ...host.delivery(id), ...host.push };
}

it.concurrent.each(webhookSchemes.map((scheme) => [scheme] as const))(
  'pushes are read, whatever happens to the webhooks of %s',
  { timeout: 120_000 },
  async (scheme) => {
    const id = `space-${scheme}`;
    const repository = await gitward.createSpace(
      id,
      { [path]: skill(0) },
      { webhook: { scheme, secrets: [secret, oldSecret] }, rules: { index: false } },
    );
    const synced = (version: number, patience?: number) =>
      gitward.untilEntry(
        id,
        'sql',
        ({ fields, syncStatus }) => fields.title === `SQL ${version}` && syncStatus === 'synced',
        patience,
      );
    const send = (body: string, key: string, delivery: string) =>
      gitward.post(`/v1/webhooks/${id}`, body, headersOf(scheme, body, key, delivery));
    await synced(0);

    // Valid deliveries, with either secret: the push is read earlier than by polling.
    const first = randomUUID();
    await repository.commit({ files: { [path]: skill(1) } });
    expect(await send(push, secret, first)).toBe(202);
    await synced(1, 15_000);
    await repository.commit({ files: { [path]: skill(2) } });
    expect(await send(push, oldSecret, randomUUID())).toBe(202);
    await synced(2, 15_000);

    // An invalid, a repeated and an oversized delivery: none has an effect, and the next poll finds the push.
    await repository.commit({ files: { [path]: skill(3) } });
    expect(await send(push, 'somebody-elses-secret', randomUUID())).toBe(401);
    expect(await send(push, secret, first)).toBe(202);
    expect(await send(`"${'x'.repeat(1_100_000)}"`, secret, randomUUID())).toBe(413);
    await synced(3, 60_000);

    // No delivery at all.
    await repository.commit({ files: { [path]: skill(4) } });
    await synced(4, 60_000);
  },
);
