import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { insertSpace } from '../../../db/knowledge/spaces.ts';
import type { WebhookScheme } from '../../../model/knowledge/space.ts';
import { webhookHosts } from '../../support/knowledge/webhook-hosts.ts';
import { createRequire } from 'node:module';
import { apiUnderTest } from '../api-under-test.ts';

const api = await apiUnderTest();
/** Real payloads of all of GitHub's events. */
const examples = createRequire(import.meta.url)('@octokit/webhooks-examples') as {
  name: string;
  examples: object[];
}[];

const secret = 'the-secret-of-the-hook';

for (const scheme of ['github', 'gitlab', 'gitea'] as const)
  await api.db.transaction().execute((trx) =>
    insertSpace(trx, api.sealer, scheme, {
      name: scheme,
      repository: { url: `https://git.example/${scheme}.git`, branch: 'main', credentialId: null },
      root: 'knowledge',
      checks: null,
      rules: { publicKinds: [], index: true, notify: { emails: [] } },
      webhook: { scheme, secrets: [secret] },
    }),
  );

/** Delivers an event as the host does; whether it made the space look, and what was answered. */
async function deliver(scheme: WebhookScheme, event: string, payload: object) {
  api.told.length = 0;
  const body = JSON.stringify(payload);
  const { sign, delivery, push } = webhookHosts[scheme];
  const [eventHeader = ''] = Object.keys(push);
  const answer = await api.app.inject({
    method: 'POST',
    url: `/v1/webhooks/${scheme}`,
    headers: {
      'content-type': 'application/json',
      ...sign(body, secret),
      ...delivery(randomUUID()),
      [eventHeader]: event,
      // Gitea signs twice, the second time as GitHub does.
      ...(scheme === 'gitea' && webhookHosts.github.sign(body, secret)),
    },
    payload: body,
  });
  return { status: answer.statusCode, body: answer.json<object>(), rang: api.told.length > 0 };
}

test('of all that GitHub delivers, pushes to the branch and what changes pull requests ring, and all is accepted', async () => {
  const rang = new Set<string>();
  for (const { name, examples: payloads } of examples)
    for (const payload of payloads) {
      const answer = await deliver('github', name, payload);
      expect({ name, ...answer }).toMatchObject({
        status: 202,
        body: { duplicate: false, ignored: !answer.rang },
      });
      if (answer.rang) rang.add(name);
    }
  expect(examples.length).toBeGreaterThan(50);
  // The examples of pushes are of tags and of other branches.
  expect([...rang].sort()).toEqual(['pull_request', 'pull_request_review']);
});

describe.each([
  ['gitlab', 'Merge Request Hook', { object_attributes: { action: 'approved', iid: 7 } }, true],
  ['gitlab', 'Note Hook', { object_attributes: { note: 'Looks good' } }, false],
  ['gitlab', 'Pipeline Hook', { object_attributes: { status: 'success' } }, false],
  ['gitea', 'pull_request', { action: 'synchronized', number: 7 }, true],
  ['gitea', 'pull_request_approved', { action: 'reviewed', number: 7 }, true],
  ['gitea', 'pull_request_rejected', { action: 'reviewed', number: 7 }, true],
  ['gitea', 'issue_comment', { action: 'created', is_pull: true }, false],
] as const)('%s’s %s', (scheme, event, payload, rings) => {
  test(rings ? 'rings, whatever is in it' : 'is ignored', async () => {
    for (const body of [payload, {}, { ref: 'refs/heads/another' }, [null]])
      expect(await deliver(scheme, event, body)).toEqual({
        status: 202,
        body: { duplicate: false, ignored: !rings },
        rang: rings,
      });
  });
});
