import { describe, expect, test } from 'vitest';
import { recordFailure } from '../../../db/streams/outages.ts';
import { acceptSave } from '../../../db/knowledge/saves.ts';
import { openWebhook } from '../../../db/knowledge/spaces.ts';
import { jsonb } from '../../../db/storable.ts';
import { putVisibility } from '../../../db/streams/visibilities.ts';
import { textBlobId } from '../../../knowledge/entries/blob-id.ts';
import { apiUnderTest } from '../api-under-test.ts';
import { ourselves } from '../../../model/access/actor.ts';

const api = await apiUnderTest();
const { db, told } = api;
const call: typeof api.call = (...given) => api.call(...given);

/** What these tests look at in an item of a list. */
interface Item {
  id: string;
  action: string;
}

let places = 0;

function body(id: string, rest: object = {}) {
  places += 1;
  return {
    id,
    name: 'Sales',
    repository: { url: `https://git.example/${places}.git`, branch: 'main' },
    ...rest,
  };
}

async function space(id: string, rest: object = {}): Promise<void> {
  const { status, text } = await call('POST', '/v1/spaces', body(id, rest));
  if (status !== 201) throw new Error(text);
  told.length = 0;
}

describe('a new space', () => {
  test('has defaults, is announced to its workflow, and is recorded in the audit log', async () => {
    told.length = 0;
    const { status, body: made } = await call('POST', '/v1/spaces', body('sales'));
    expect([status, made]).toEqual([201, expect.objectContaining({ id: 'sales' })]);
    expect(made).toMatchObject({
      name: 'Sales',
      state: 'initializing',
      root: 'knowledge',
      repository: { branch: 'main', credentialId: null },
      rules: { publicKinds: [], index: true, notify: { emails: [] } },
      webhook: null,
      waitingSaves: 0,
      openConflicts: 0,
      entries: {},
      outage: null,
      visibility: null,
      lastCommit: null,
      lastSyncedAt: null,
    });
    expect(made.kinds).toContainEqual(
      expect.objectContaining({
        name: 'customer',
        folder: 'customers',
        personal: true,
        schema: expect.objectContaining({ properties: expect.any(Object) }),
      }),
    );
    expect(told).toEqual(['spaceChanged space/sales']);
    const { body: audit } = await call('GET', '/v1/audit?limit=1');
    expect(audit.items[0]).toMatchObject({ action: 'space.create', target: 'space/sales' });
  });

  test('is stored even while Temporal is unreachable', async () => {
    api.temporal.away = true;
    expect((await call('POST', '/v1/spaces', body('unheard'))).status).toBe(201);
    api.temporal.away = false;
  });

  test.each([
    ['an address that is not allowed', { url: 'https://private.example/x.git' }, '/repository/url'],
    ['a branch name that Git forbids', { branch: 'a..b' }, '/repository/branch'],
    [
      'an unknown credential',
      { credentialId: '00000000-0000-4000-8000-00000000000f' },
      '/repository/credentialId',
    ],
  ])('is refused with %s', async (_what, repository, pointer) => {
    const { body: problem, status } = await call('POST', '/v1/spaces', {
      ...body('refused'),
      repository: { url: 'https://git.example/r.git', branch: 'main', ...repository },
    });
    expect([status, problem.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });

  test('is refused with a root inside .git or an unknown field, and if the caller is not an admin', async () => {
    const root = await call('POST', '/v1/spaces', body('refused', { root: 'a/.git' }));
    expect(root.body).toMatchObject({ status: 422, errors: [{ pointer: '/root' }] });
    expect((await call('POST', '/v1/spaces', body('refused', { rule: 1 }))).status).toBe(400);
    const secrets = ['a', 'b', 'c'];
    const many = body('refused', { webhook: { scheme: 'github', secrets } });
    expect((await call('POST', '/v1/spaces', many)).status).toBe(400);
    const operator = await api.token({ role: 'operator' });
    expect((await call('POST', '/v1/spaces', body('refused'), operator)).status).toBe(403);
  });

  test('needs an unused id and an unused place', async () => {
    await space('first');
    expect((await call('POST', '/v1/spaces', body('first'))).body).toMatchObject({
      status: 409,
      code: 'space_exists',
    });
    const repository = { url: 'https://git.example/shared.git', branch: 'main' };
    await space('outer', { repository, root: 'a' });
    for (const root of ['a', 'a/b', ''])
      expect((await call('POST', '/v1/spaces', body('inner', { repository, root }))).body).toEqual(
        expect.objectContaining({ status: 409, code: 'place_taken' }),
      );
    await space('beside', { repository, root: 'ab' });
    const moved = await call('PATCH', '/v1/spaces/beside', { root: 'a/c' });
    expect(moved.body.code).toBe('place_taken');
  });
});

describe('a change of a space', () => {
  test('keeps everything that it does not mention, and is announced', async () => {
    await space('changed', {
      rules: { publicKinds: ['customer'], notify: { emails: ['ops@example.com'] } },
    });
    const { body: changed } = await call('PATCH', '/v1/spaces/changed', {
      name: 'Renamed',
      repository: { branch: 'docs' },
      rules: { index: false },
    });
    expect(changed).toMatchObject({
      name: 'Renamed',
      root: 'knowledge',
      repository: { branch: 'docs', url: expect.stringContaining('git.example') },
      rules: { publicKinds: ['customer'], index: false, notify: { emails: ['ops@example.com'] } },
    });
    expect(told).toEqual(['spaceChanged space/changed', 'retryNow space/changed']);
    expect((await call('PATCH', '/v1/spaces/changed', {})).status).toBe(400);
    const refused = await call('PATCH', '/v1/spaces/changed', {
      repository: { url: 'https://private.example/x.git' },
    });
    expect(refused.body.errors[0].pointer).toBe('/repository/url');
  });

  test('sets the secrets of its webhook, which no answer contains', async () => {
    const webhook = { scheme: 'github', secrets: ['the-old-secret'] };
    await space('hooked', { webhook });
    const rotated = await call('PATCH', '/v1/spaces/hooked', {
      webhook: { scheme: 'gitlab', secrets: ['the-new-secret', 'the-old-secret'] },
    });
    expect(rotated.body.webhook).toEqual({ scheme: 'gitlab', secrets: 2 });
    expect(rotated.text).not.toContain('-secret');
    const row = await db
      .selectFrom('spaces')
      .selectAll()
      .where('id', '=', 'hooked')
      .executeTakeFirstOrThrow();
    expect(openWebhook(api.sealer, row)?.secrets).toEqual(['the-new-secret', 'the-old-secret']);
    await call('PATCH', '/v1/spaces/hooked', { name: 'Still hooked' });
    expect((await call('GET', '/v1/spaces/hooked')).body.webhook).toMatchObject({ secrets: 2 });
    expect((await call('PATCH', '/v1/spaces/hooked', { webhook: null })).body.webhook).toBeNull();
    expect(api.log()).not.toContain('-secret');
    const { text } = await call('GET', '/v1/audit?limit=20');
    expect(text).not.toContain('-secret');
  });
});

/** Saves a new entry, which is then waiting. */
async function save(spaceId: string, id: string, kind = 'customer'): Promise<void> {
  const text = `---\nid: ${id}\n---\n`;
  const content = {
    ...{ text, blob: textBlobId(text), declaredId: id, title: id, fields: { id }, problems: [] },
  };
  const accepted = await db.transaction().execute((trx) =>
    acceptSave(trx, {
      ...{ spaceId, entryId: id, kind, path: `knowledge/${kind}/${id}.md`, action: 'create' },
      ...{ base: null, content, person: { name: 'Ada', email: 'ada@example.com' } },
      ...{ by: ourselves, via: 'api', message: null },
    }),
  );
  expect(accepted.kind).toBe('accepted');
}

describe('the status of a space', () => {
  test('counts what is waiting, and entries by the kinds that the caller may read', async () => {
    await space('counted');
    await save('counted', 'acme');
    await save('counted', 'sql', 'skill');
    const { body: seen } = await call('GET', '/v1/spaces/counted');
    expect(seen).toMatchObject({ waitingSaves: 2, entries: { customer: 1, skill: 1 } });
    const reader = await api.token({
      role: 'reader',
      spaces: [{ space: 'counted', kinds: ['skill'], role: 'reader' }],
    });
    const partly = await call('GET', '/v1/spaces/counted', undefined, reader);
    expect(partly.body.entries).toEqual({ skill: 1 });
  });

  test('says when it was synced, what fails, its visibility, and what is wrong with its schema files', async () => {
    await space('standing');
    const at = new Date('2026-03-01T12:00:00Z');
    await db
      .updateTable('spaces')
      .set({
        syncedAt: at,
        syncedSha: 'a'.repeat(40),
        deliveredAt: at,
        deliveredSha: 'b'.repeat(40),
        problems: jsonb({
          counts: { '': 1, skill: 101 },
          first: [
            { kind: null, path: 'knowledge/_schemas/x.json', message: 'is not JSON' },
            { kind: 'skill', path: 'knowledge/skills/\ufffd.md', message: 'not UTF-8' },
          ],
        }),
      })
      .where('id', '=', 'standing')
      .execute();
    const get = async () =>
      (await call('GET', '/v1/spaces/standing')).body as {
        state: string;
        repository: { url: string };
      };
    expect(await get()).toMatchObject({
      state: 'synced',
      lastSyncedAt: at.toISOString(),
      syncedCommit: 'a'.repeat(40),
      lastCommit: { sha: 'b'.repeat(40), committedAt: at.toISOString() },
      problems: {
        count: 102,
        first: [
          { path: 'knowledge/_schemas/x.json', message: 'is not JSON' },
          { path: 'knowledge/skills/\ufffd.md', message: 'not UTF-8' },
        ],
      },
    });
    await save('standing', 'acme');
    expect((await get()).state).toBe('pending');
    await recordFailure(db, {
      ...{ stream: 'space/standing', lane: 'repository', code: 'credential_refused' },
      message: 'The host refused the token.',
      attemptStartedAt: at.toISOString(),
      nextAttemptAt: '2026-03-01T12:05:00.000Z',
    });
    const { repository } = await get();
    const visibility = { result: 'public', reason: 'GitHub says so.', checkedAt: at } as const;
    await putVisibility(db, 'space/standing', repository.url, visibility);
    expect(await get()).toMatchObject({
      state: 'retrying',
      outage: {
        since: at.toISOString(),
        attempts: 1,
        nextAttemptAt: '2026-03-01T12:05:00.000Z',
        notifiedAt: null,
        reason: { code: 'credential_refused', message: 'The host refused the token.' },
      },
      visibility: { result: 'public', checkedAt: at.toISOString() },
    });
    // At another place, nothing about the old one is shown.
    await call('PATCH', '/v1/spaces/standing', { repository: { branch: 'other' } });
    expect(await get()).toMatchObject({ state: 'initializing', outage: null, syncedCommit: null });
  });

  test('is listed in pages of the spaces that the caller may see', async () => {
    await space('page-1');
    await space('page-2');
    await space('page-3');
    const reader = await api.token({
      role: 'reader',
      spaces: ['page-1', 'page-3', 'no-such'].map((id) => ({
        ...{ space: id, kinds: null, role: 'reader' as const },
      })),
    });
    const first = await call('GET', '/v1/spaces?limit=1', undefined, reader);
    expect((first.body.items as Item[]).map(({ id }) => id)).toEqual(['page-1']);
    const next = `/v1/spaces?limit=1&cursor=${first.body.nextCursor}`;
    const second = await call('GET', next, undefined, reader);
    expect(second.body).toMatchObject({ items: [{ id: 'page-3' }], nextCursor: null });
    expect((await call('GET', '/v1/spaces/page-2', undefined, reader)).body).toMatchObject({
      ...{ status: 404, code: 'space_not_found' },
    });
    expect((await call('GET', '/v1/spaces')).body.items.length).toBeGreaterThan(3);
  });
});

describe('an operator', () => {
  test('pauses, resumes and approves, even while Temporal is unreachable', async () => {
    await space('operated');
    const act = (verb: string) => call('POST', `/v1/spaces/operated/actions/${verb}`);
    const paused = await act('pause');
    expect([paused.status, paused.body.state]).toEqual([200, 'paused']);
    expect((await act('refresh')).body).toMatchObject({ status: 409, code: 'space_paused' });
    api.temporal.away = true;
    expect((await act('resume')).body).toMatchObject({ state: 'initializing', pausedAt: null });
    expect((await act('refresh')).body).toMatchObject({ code: 'temporal_unavailable' });
    api.temporal.away = false;
    told.length = 0;
    expect((await act('approve')).status).toBe(200);
    expect((await act('refresh')).status).toBe(202);
    expect((await act('retry')).status).toBe(202);
    expect(told).toEqual(
      ['spaceChanged', 'retryNow', 'syncNow', 'retryNow'].map(
        (signal) => `${signal} space/operated`,
      ),
    );
    const { approvedAt } = await db
      .selectFrom('spaces')
      .select('approvedAt')
      .where('id', '=', 'operated')
      .executeTakeFirstOrThrow();
    expect(approvedAt).toBeInstanceOf(Date);
    const { body: audit } = await call('GET', '/v1/audit?limit=5');
    expect((audit.items as Item[]).map(({ action }) => action)).toEqual(
      ['retry', 'refresh', 'approve', 'resume', 'pause'].map((verb) => `space.${verb}`),
    );
  });

  test('must be an operator of the whole space', async () => {
    await space('partly');
    const operator = await api.token({
      role: 'operator',
      spaces: [{ space: 'partly', kinds: ['skill'], role: 'operator' }],
    });
    const refused = await call('POST', '/v1/spaces/partly/actions/pause', undefined, operator);
    expect(refused.body).toMatchObject({ status: 403, code: 'role_insufficient' });
    const editor = await api.token({ role: 'editor' });
    expect((await call('POST', '/v1/spaces/partly/actions/retry', undefined, editor)).status).toBe(
      403,
    );
  });
});

test('a space can be ended when nothing is waiting, or by force, and its id is not free again', async () => {
  await space('ending');
  await save('ending', 'acme');
  expect((await call('PATCH', '/v1/spaces/ending', { root: 'elsewhere' })).body).toMatchObject({
    ...{ status: 409, code: 'saves_waiting' },
  });
  expect((await call('DELETE', '/v1/spaces/ending')).body).toMatchObject({
    ...{ status: 409, code: 'saves_waiting' },
  });
  told.length = 0;
  expect((await call('DELETE', '/v1/spaces/ending?force=true')).status).toBe(204);
  expect(told).toEqual(['spaceChanged space/ending']);
  for (const [method, url] of [
    ['GET', ''],
    ['PATCH', ''],
    ['DELETE', ''],
    ['POST', '/actions/resume'],
  ] as const) {
    const answer = await call(
      method,
      `/v1/spaces/ending${url}`,
      method === 'PATCH' ? { name: 'x' } : undefined,
    );
    expect([method, answer.body.code]).toEqual([method, 'space_not_found']);
  }
  const again = await call('POST', '/v1/spaces', body('ending'));
  expect(again.body).toMatchObject({
    code: 'space_exists',
    detail: expect.stringContaining('There used to be a space ending'),
  });
});
