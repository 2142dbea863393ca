import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { batchWaitingSaves } from '../../../db/knowledge/save-batches.ts';
import { insertConflict } from '../../../db/knowledge/conflicts.ts';
import { noteEnded } from '../../../db/knowledge/operations.ts';
import { recordSyncLog } from '../../../db/knowledge/sync-logs.ts';
import { recordFailure } from '../../../db/streams/outages.ts';
import { replaceFindings } from '../../../db/streams/secret-findings.ts';
import { jsonb } from '../../../db/storable.ts';
import { apiUnderTest } from '../api-under-test.ts';

/*
 * A token that may read only skills gets the same answers from a space with customers as from one that has nothing but
 * the same skills. So no count, state, word or list depends on what it may not read.
 */
const api = await apiUnderTest();
const { db } = api;
/** Names that only customers have, and that must be in no answer. */
const secret = /acme|customer/i;
/** Routes that read from Git, which these tests do not have, the stream of what GET of the space returns, and what is only for who operates all of it. */
const unasked = /\/(?:blame|diff|stream|webhook)$/;
const words = 'Pushing failed. It said: knowledge/customers/acme.md of Acme is too large.';
const outside = { code: 'content_refused', message: words } as const;

const reviewRules = [
  { name: 'Skills', kinds: ['skill'], approvals: 1, author: false },
  { name: 'Customers', kinds: ['skill', 'customer'], approvals: 1, author: false },
  { name: 'Acme', paths: ['*acme*'], approvals: 1, author: false },
];

async function space(id: string, kinds: ('skill' | 'customer')[]): Promise<void> {
  const repository = { url: `https://git.example/${id}.git`, branch: 'main' };
  const rules = { publicKinds: kinds };
  await api.call('POST', '/v1/spaces', { id, name: 'one', repository, rules });
  for (const kind of kinds) await fill(id, kind);
  const first = [
    { kind: 'skill', path: 'knowledge/skills/x.md', message: 'The path is too long.' },
    { kind: 'customer', path: 'knowledge/customers/acme/x.md', message: 'The path is too long.' },
    { kind: null, path: 'knowledge/.schemas/customer.json', message: 'customer: no JSON' },
  ].filter(({ kind }) => kind === 'skill' || kinds.includes('customer'));
  const counts = kinds.includes('customer') ? { skill: 1, customer: 1, '': 1 } : { skill: 1 };
  await db
    .updateTable('spaces')
    .set({
      ...{ problems: jsonb({ counts, first }), syncedSha: 'a'.repeat(40), syncedAt: new Date() },
      heldKinds: kinds.includes('customer') ? 'c'.repeat(64) : null,
      reviewRules: jsonb(
        reviewRules.filter((rule) => kinds.includes('customer') || rule === reviewRules[0]),
      ),
      heldRules: kinds.includes('customer')
        ? jsonb({ digest: 'c'.repeat(64), rules: reviewRules })
        : null,
    })
    .where('id', '=', id)
    .execute();
}

/** An entry of a kind with a waiting save, a conflict, versions and notes. */
async function fill(spaceId: string, kind: 'skill' | 'customer'): Promise<void> {
  const id = kind === 'skill' ? 'mending' : 'acme';
  const fields = { id, title: id, name: id };
  const made = await api.call('POST', `/v1/spaces/${spaceId}/entries`, { kind, fields });
  const path = String(made.body.path);
  await db.transaction().execute((trx) =>
    insertConflict(trx, {
      ...{ spaceId, entryId: id, kind, path, baseText: null },
      git: { text: 'a', commit: null, author: null, at: null },
      mine: { text: 'b', authors: [], at: new Date() },
    }),
  );
  const position = kind === 'skill' ? 1 : 2;
  await db
    .insertInto('spaceCommits')
    .values({
      ...{ spaceId, position, sha: String(position).repeat(40), subject: `Add ${id}` },
      ...{ authorName: 'Eva', authorEmail: 'e@example.com', via: 'push' },
      ...{ authoredAt: new Date(), effectiveAt: new Date() },
    })
    .execute();
  await db
    .insertInto('entryVersions')
    .values({ spaceId, entryId: id, position, kind, path, blobId: 'd'.repeat(40) })
    .execute();
  const secretAt = { path, line: 2, column: 1, rule: 'github', fingerprint: 'e'.repeat(32) };
  await db
    .transaction()
    .execute((trx) =>
      replaceFindings(trx, `space/${spaceId}`, [path], [{ ...secretAt, masked: false }]),
    );
  await recordSyncLog(db, spaceId, [
    {
      ...{ entryId: id, direction: 'from_git', outcome: 'read', actor: 'Eva' },
      ...{ commitSha: String(position).repeat(40), message: `Read ${id}.` },
    },
  ]);
}

await space('mixed', ['skill', 'customer']);
await space('plain', ['skill']);
const limited = await api.token({
  role: 'editor',
  spaces: ['mixed', 'plain'].map((id) => ({ space: id, kinds: ['skill'], role: 'editor' })),
});

async function get(path: string, token: string): Promise<string> {
  const { status, text } = await api.call('GET', path, undefined, token);
  expect([path, status]).toEqual([path, 200]);
  return text
    .replaceAll(/mixed|plain/g, 'SPACE')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID');
}

/** The answers of all routes about a space, by their paths. */
async function answersOf(spaceId: string, token: string): Promise<Record<string, string>> {
  const description = await api.call('GET', '/openapi.json', undefined, null);
  const conflict = await db
    .selectFrom('conflicts')
    .select('id')
    .where('spaceId', '=', spaceId)
    .where('kind', '=', 'skill')
    .executeTakeFirstOrThrow();
  const ids: Record<string, string> = {
    ...{ space: spaceId, entry: 'mending', conflict: conflict.id, environment: 'latest' },
  };
  const answers: Record<string, string> = {};
  for (const [route, operations] of Object.entries(description.body.paths as object)) {
    // Nobody sees the drafts of others, and a token for skills gets no prompt or template, in whatever space.
    const own = /\{(?:operation|draft|changeSet|review|prompt|template)\}/;
    const about = route.startsWith('/v1/spaces/{space}') && !own.test(route);
    if (!('get' in operations) || !about || unasked.test(route)) continue;
    const path = route.replace(/\{(\w+)\}/g, (_all, name: string) => ids[name] ?? name);
    answers[route] = await get(path, token);
  }
  return answers;
}

/** What the limited token sees is the same in both spaces, and less than an admin sees. */
async function expectSame(): Promise<void> {
  const [mixed, plain] = [await answersOf('mixed', limited), await answersOf('plain', limited)];
  expect(Object.keys(mixed).length).toBeGreaterThan(7);
  expect(mixed).toEqual(plain);
  expect(JSON.stringify(mixed)).not.toMatch(secret);
  const admin = await api.token({ role: 'admin', spaces: null });
  expect(JSON.stringify(await answersOf('mixed', admin))).toMatch(secret);
  const list = JSON.parse(await get('/v1/spaces', limited)) as { items: unknown[] };
  expect(list.items[0]).toEqual(list.items[1]);
  expect(list.items[0]).toEqual(JSON.parse(mixed['/v1/spaces/{space}'] ?? ''));
}

test('with waiting saves, conflicts, problems and a history', async () => {
  await expectSame();
  const { body } = await api.call('GET', '/v1/spaces/mixed');
  expect(body).toMatchObject({ waitingSaves: 2, openConflicts: 2, problems: { count: 3 } });
  const { body: seen } = await api.call('GET', '/v1/spaces/mixed', undefined, limited);
  expect(seen).toMatchObject({ waitingSaves: 1, openConflicts: 1, problems: { count: 1 } });
});

test('while the saves of one of them are being sent', async () => {
  for (const id of ['mixed', 'plain'])
    await batchWaitingSaves(db, id, ({ person }) => ({
      ...{ author: person, coAuthors: [], subject: 'Save', body: '' },
    }));
  await expectSame();
});

test('while only saves of customers wait: the state is that of the skills', async () => {
  await db.updateTable('saves').set({ state: 'delivered' }).where('kind', '=', 'skill').execute();
  await db.updateTable('batches').set({ state: 'delivered' }).where('stream', '=', 'space/plain').execute(); // prettier-ignore
  await db.updateTable('entries').set({ waiting: false }).where('kind', '=', 'skill').execute();
  await expectSame();
  const { body } = await api.call('GET', '/v1/spaces/mixed', undefined, limited);
  expect(body).toMatchObject({ state: 'synced', waitingSaves: 0 });
  expect((await api.call('GET', '/v1/spaces/mixed')).body.state).toBe('syncing');
});

test('during an outage, with its code, but not its words, which name files', async () => {
  await db
    .updateTable('entries')
    .set({ failure: jsonb(outside) })
    .execute();
  for (const id of ['mixed', 'plain'])
    await recordFailure(db, {
      ...{ ...outside, stream: `space/${id}`, lane: 'repository' },
      attemptStartedAt: '2026-03-01T12:00:00.000Z',
      nextAttemptAt: '2026-03-01T12:05:00.000Z',
    });
  await expectSame();
  const { body } = await api.call('GET', '/v1/spaces/mixed', undefined, limited);
  expect(body.outage.reason.code).toBe('content_refused');
  const { body: all } = await api.call('GET', '/v1/spaces/mixed');
  expect(all.outage.reason).toEqual(outside);
  const entry = '/v1/spaces/mixed/entries/mending';
  expect((await api.call('GET', entry, undefined, limited)).body.failure.code).toBe(outside.code);
  expect((await api.call('GET', entry)).body.failure).toEqual(outside);
});

test('if an own operation failed with the words of the space, in every answer and event', async () => {
  const started = await api.call(
    ...['POST', '/v1/spaces/mixed/actions/import'],
    { kind: 'skill', items: [{ name: 'skills/x.md', content: '---\nid: x\ntitle: X\n---\n' }] },
    limited,
  );
  const id = String(started.body.id);
  await db.transaction().execute((trx) => noteEnded(trx, id, 'failed', outside));
  for (const path of ['', `/${id}`, `/${id}?items=all`, `/${id}/stream`]) {
    const url = `/v1/spaces/mixed/operations${path}`;
    const { text } = await api.call('GET', url, undefined, limited);
    expect(text).toContain('content_refused');
    expect(text).not.toMatch(secret);
    expect((await api.call('GET', url)).text).toMatch(secret);
  }
});

test('if an entry was a skill and is a customer now, or the other way round', async () => {
  const now = (kind: string, id: string) =>
    db.updateTable('entries').set({ kind }).where('id', '=', id).where('spaceId', '=', 'mixed').execute(); // prettier-ignore
  await now('customer', 'mending');
  async function seen(path: string): Promise<Record<string, unknown>> {
    const { body } = await api.call('GET', `/v1/spaces/mixed${path}`, undefined, limited);
    return body as Record<string, unknown>;
  }
  expect((await seen('/changes')).items).toEqual([]);
  expect((await seen('/conflicts')).items).toEqual([]);
  expect(await seen('')).toMatchObject({ openConflicts: 0, waitingSaves: 0 });
  await now('skill', 'mending');
  await now('skill', 'acme');
  expect((await seen('/entries/acme/versions')).items).toEqual([]);
  expect(JSON.stringify(await seen('/entries/acme/sync-logs'))).not.toContain('Read acme');
});

test('a kind that does not exist is refused with the names of the kinds that the caller may read', async () => {
  const body = { kind: 'nothing', fields: { id: randomUUID() } };
  const refused = await api.call('POST', '/v1/spaces/mixed/entries', body, limited);
  expect(refused.body.code).toBe('kind_not_found');
  expect(refused.text).toContain('skill');
  expect(refused.text).not.toMatch(secret);
});
