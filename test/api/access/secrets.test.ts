import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { insertReview } from '../../../db/knowledge/reviews/reviews.ts';
import { ourselves } from '../../../model/access/actor.ts';
import { insertConflict } from '../../../db/knowledge/conflicts.ts';
import { putVerification } from '../../../db/mirror/verifications.ts';
import { openCredential } from '../../../db/streams/credentials.ts';
import { StreamFailure } from '../../../model/streams/errors.ts';
import { adminToken, apiUnderTest } from '../api-under-test.ts';

const api = await apiUnderTest();
const secrets = [
  'first-secret-of-git',
  'second-secret-of-git',
  'secret-of-the-platform',
  'T000/B000/secret-of-slack',
  'secret-of-a-webhook',
  'secret-in-an-address',
  'secret-of-a-space-1',
  'secret-of-a-space-2',
  'secret-of-a-client',
  'secret-of-a-person-at-a-host',
];
const origin = 'git.example';
/** Routes that read from Git, which these tests do not have. */
const ofGit =
  /\/(?:blame|diff|tree|file|hold|search|contents|lineage|runs|sample|objects\/(?:versions|comparison)|commits\/\{\w+\})$/;
/** Routes that send a browser elsewhere. */
const ofBrowsers = '/v1/sign-in/open-id-connect';

test('credentials are added and rotated, which wakes their mirrors, and are deleted only when unused', async () => {
  const body = { name: 'host', origin: 'https://git.example/x.git', token: secrets[0] };
  const made = await api.call('POST', '/v1/credentials', body);
  expect(made.body).toMatchObject({
    ...{ name: 'host', username: 'x-access-token', rotatedAt: null },
    origin: 'https://git.example',
  });
  expect((await api.call('POST', '/v1/credentials', body)).body.code).toBe('credential_exists');
  const id = String(made.body.id);
  expect(await openCredential(api.db, api.sealer, id, 'https://git.example/x.git')).toEqual({
    username: 'x-access-token',
    password: secrets[0],
    signingKey: null,
  });
  await api.call('POST', '/v1/projects', { id: 'p', source: { kind: 'sample' } });
  const repository = { url: 'https://git.example/x.git', branch: 'main', credentialId: id };
  for (const notify of [
    { slackWebhook: `https://hooks.slack.example/services/${secrets[3]}` },
    { webhook: `https://hooks.example/?key=${secrets[4]}` },
  ]) {
    const later = await api.call('PUT', '/v1/projects/p/mirrors/1', { repository, notify });
    expect(later.body.code).toBe('invalid_request');
  }
  await api.call('PUT', '/v1/projects/p/mirrors/1', { repository });
  await putVerification(api.db, 'mirror/p/1', {
    outcome: 'identical',
    failure: null,
    checkedAt: new Date().toISOString(),
    commit: null,
    files: 0,
    differenceCount: 0,
    differences: [],
  });
  api.told.length = 0;
  const rotated = await api.call('PUT', `/v1/credentials/${id}/secret`, { token: secrets[1] });
  expect(rotated.body.rotatedAt).toEqual(expect.any(String));
  expect(api.told).toEqual(['retryNow mirror/p/1']);
  expect(
    (await openCredential(api.db, api.sealer, id, 'https://git.example/x.git'))?.password,
  ).toBe(secrets[1]);
  expect((await api.call('DELETE', `/v1/credentials/${id}`)).body.code).toBe('credential_in_use');
  const { body: list } = await api.call('GET', '/v1/credentials');
  expect(list.items).toEqual([rotated.body]);
});

test('no answer, log line or audit entry contains a secret, and no table contains one in plaintext', async () => {
  await api.call('POST', '/v1/projects', {
    id: 'unknown',
    source: { kind: 'keboola', url: 'https://platform.example', token: secrets[2] },
  });
  const refused = await api.call('PUT', '/v1/projects/p/mirrors/1', {
    repository: { url: `https://user:${secrets[5]}@private.example/x.git`, branch: 'main' },
  });
  expect(refused.status).toBe(422);
  // A secret in the request is not logged either when the source fails.
  api.source.failure = new StreamFailure('source_unreachable', 'The platform is away.');
  await api.call('PATCH', '/v1/projects/unknown', { source: { token: secrets[2] } });
  await api.call('POST', '/v1/credentials', {
    name: 'x',
    origin: 'x',
    token: secrets[0],
    extra: secrets[1],
  });
  api.source.failure = null;

  const description = await api.call('GET', '/openapi.json', undefined, null);
  const space = await withSpace();
  const provider = await api.call('PUT', '/v1/settings/open-id-connect', {
    ...{ name: 'Company', issuer: 'https://id.example', clientId: 'gitward' },
    clientSecret: secrets[8],
  });
  expect(provider.status).toBe(200);
  const person = await api.call('POST', '/v1/people', {
    name: 'Eva',
    email: 'e@x',
    role: 'reader',
  });
  const eva = await api.token({ kind: 'person', email: 'e@x', role: 'reader' });
  const hostToken = { origin: 'git.example', token: secrets[9] };
  const own = await api.call('PUT', '/v1/me/host-tokens', hostToken, eva);
  const url = `https://hooks.slack.example/services/${secrets[3]}`;
  const channel = await api.call('POST', '/v1/notice-channels', { name: 'a', kind: 'slack', url });
  expect(channel.status).toBe(201);
  const listed = await api.call('GET', '/v1/me/host-tokens', undefined, eva);
  expect([own.status, listed.body.items]).toMatchObject([200, [{ origin: 'https://git.example' }]]);
  const ids: Record<string, string> = {
    ...{ project: 'p', branch: '1', person: String(person.body.id) },
    ...space.ids,
  };
  let answers = refused.text + space.answers + own.text + listed.text + channel.text;
  let asked = 0;
  for (const [path, operations] of Object.entries(description.body.paths as object)) {
    if (
      !('get' in operations) ||
      path.endsWith('/stream') ||
      path === '/v1/live' ||
      ofGit.test(path) ||
      path.startsWith(ofBrowsers)
    )
      continue;
    const known = path.replace(/\{(\w+)\}/g, (_all, name: string) => ids[name] ?? name);
    const url = path === '/v1/find' ? `${known}?text=p` : known;
    const caller = path.startsWith('/v1/me/') ? eva : adminToken;
    const { status, text } = await api.call('GET', url, undefined, caller);
    expect([url, status]).toEqual([url, 200]);
    answers += text;
    asked++;
  }
  expect(asked).toBeGreaterThan(9);
  const tables = await Promise.all(
    (
      [
        'projects',
        'credentials',
        'tokens',
        'auditLog',
        'spaces',
        'openIdConnect',
        'hostTokens',
        'noticeChannels',
      ] as const
    ).map((table) => api.db.selectFrom(table).selectAll().execute()),
  );
  const stored = JSON.stringify(tables, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && 'data' in value && Array.isArray(value.data)
      ? Buffer.from(value.data as number[]).toString('latin1')
      : value,
  );
  expect(stored).toContain('credential.rotate');
  for (const secret of [...secrets, adminToken]) {
    expect(answers).not.toContain(secret);
    expect(api.log()).not.toContain(secret);
    expect(stored).not.toContain(secret);
  }
});

/** A space whose webhook has secrets, with one of each thing that a path can name. */
async function withSpace(): Promise<{ ids: Record<string, string>; answers: string }> {
  const webhook = { scheme: 'gitlab', secrets: secrets.slice(6, 8) };
  const repository = { url: 'https://git.example/knowledge.git', branch: 'main' };
  const made = await api.call('POST', '/v1/spaces', { id: 's', name: 's', repository, webhook });
  expect(made.status).toBe(201);
  const rotated = await api.call('PATCH', '/v1/spaces/s', { webhook });
  expect(rotated.body.webhook).toEqual({ scheme: 'gitlab', secrets: 2 });
  const hooked = await api.app.inject({
    method: 'POST',
    url: '/v1/webhooks/s',
    headers: { 'x-gitlab-token': secrets[6] },
  });
  expect(hooked.statusCode).toBe(202);
  const fields = { id: 'one', title: 'One' };
  const entry = await api.call('POST', '/v1/spaces/s/entries', { kind: 'skill', fields });
  const prompt = { id: 'greeting', name: 'Greeting' };
  const body = 'Hi.\n\n## Examples\n\n### One\n\nExpected: contains: x\n';
  await api.call('POST', '/v1/spaces/s/entries', { kind: 'system-prompt', fields: prompt, body });
  const template = { id: 'offer', name: 'Offer' };
  const offer = { kind: 'document-template', fields: template, body };
  await api.call('POST', '/v1/spaces/s/entries', offer);
  const checks = { address: 'https://api.example/v1', model: 'small' };
  await api.call('PATCH', '/v1/spaces/s', { checks });
  const check = await api.call('POST', `/v1/spaces/s/prompts/${prompt.id}/checks`, {});
  const draft = randomUUID();
  await api.call('PUT', `/v1/spaces/s/drafts/${draft}`, { kind: 'skill', fields: {} });
  const set = await api.call('POST', '/v1/spaces/s/change-sets', { title: 'Set' });
  const changeSet = String(set.body.id);
  const review = await api.db.transaction().execute((trx) =>
    insertReview(trx, {
      ...{ spaceId: 's', title: 'Review', description: '', needs: [], authors: [], items: [] },
      ...{ author: { name: 'Eva', email: 'eva@example.com' }, by: ourselves },
    }),
  );
  const operation = await api.call('POST', '/v1/spaces/s/actions/sync', {});
  const conflict = await api.db.transaction().execute((trx) =>
    insertConflict(trx, {
      ...{ spaceId: 's', entryId: 'one', kind: 'skill', path: String(entry.body.path) },
      baseText: null,
      git: { text: 'a', commit: null, author: null, at: null },
      mine: { text: 'b', authors: [], at: new Date() },
    }),
  );
  return {
    ids: {
      ...{ space: 's', entry: 'one', prompt: prompt.id, template: template.id },
      environment: 'latest',
      ...{ operation: String(operation.body.id), conflict, check: String(check.body.id) },
      ...{ draft, changeSet, review: String(review.number) },
    },
    answers: made.text + rotated.text + entry.text + operation.text,
  };
}

test('the audit log records who did what, with the request id', async () => {
  const { body } = await api.call('GET', '/v1/audit?limit=2');
  expect(body.items).toHaveLength(2);
  const all = await api.call('GET', '/v1/audit?limit=200');
  expect(all.body.items).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ action: 'mirror.enable', target: 'mirror/p/1', actor: 'admin' }),
      expect.objectContaining({ action: 'credential.add', requestId: expect.any(String) }),
    ]),
  );
  const next = await api.call('GET', `/v1/audit?limit=2&cursor=${body.nextCursor}`);
  expect(next.body.items[0].id).toBe(body.items[1].id - 1);
});

test('a page that ends with a long name is followed by a next one', async () => {
  const names = ['終', '終わり'].map((end) => '長'.repeat(197) + end);
  for (const name of names)
    expect(
      (await api.call('POST', '/v1/credentials', { name, origin, token: 'x-secret' })).status,
    ).toBe(201);
  const seen: string[] = [];
  for (let cursor = ''; ;) {
    const { body } = await api.call('GET', `/v1/credentials?limit=1${cursor}`);
    seen.push(String(body.items[0].name));
    if (body.nextCursor === null) break;
    cursor = `&cursor=${body.nextCursor}`;
  }
  expect(seen).toEqual(expect.arrayContaining(names));
});

test('a token for some projects sees the credentials of their mirrors only', async () => {
  const operator = await api.token({ role: 'operator', projects: ['own'] });
  async function list(): Promise<string[]> {
    const { body } = await api.call('GET', '/v1/credentials', undefined, operator);
    return (body.items as { name: string }[]).map(({ name }) => name);
  }
  await api.call('POST', '/v1/credentials', { name: "another team's", origin, token: 'x-secret' });
  const { body } = await api.call('POST', '/v1/credentials', {
    name: 'own',
    origin,
    token: 'x-secret',
  });
  expect(await list()).toEqual([]);
  await api.call('POST', '/v1/projects', { id: 'own', source: { kind: 'sample' } });
  await api.call('PUT', '/v1/projects/own/mirrors/1', {
    repository: { url: 'https://git.example/own.git', branch: 'main', credentialId: body.id },
  });
  expect(await list()).toEqual(['own']);
});
