import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createGitTextTools } from '../../../git/clones/text-tools.ts';
import { apiUnderTest } from '../api-under-test.ts';
import { insertSalesSpace } from './sales-space.ts';

const directory = await mkdtemp(join(tmpdir(), 'draft-updates-test-'));
afterAll(() => rm(directory, { recursive: true, force: true }));
const api = await apiUnderTest({ texts: createGitTextTools({ directory }) });

const space = '/v1/spaces/sales';
let eva = '';
let jan = '';

beforeAll(async () => {
  const review = [
    { name: 'Prices', kinds: ['skill'], fields: ['price'], approvals: 2, author: false },
  ];
  await insertSalesSpace(api.db, { review });
  eva = await api.token({ name: 'Eva', email: 'eva@example.com', role: 'editor' });
  jan = await api.token({ name: 'Jan', email: 'jan@example.com', role: 'editor' });
});

/** A skill of Jan's, and Eva's draft of it, which has these fields and this text. */
async function drafted(id: string, draft: object): Promise<{ draft: string; base: string }> {
  const made = await api.call(
    'POST',
    `${space}/entries`,
    { kind: 'skill', fields: { id, title: id, region: 'EU' }, body: 'One\n\nTwo\n\nThree\n' },
    jan,
  );
  const [uuid, base] = [randomUUID(), String(made.body.blob)];
  const written = await write(uuid, { entry: id, base, ...draft });
  expect(written.status).toBe(200);
  return { draft: uuid, base };
}

const write = (id: string, body: object) => api.call('PUT', `${space}/drafts/${id}`, body, eva);
const change = (id: string, base: string, body: object) =>
  api.call('PUT', `${space}/entries/${id}`, { base, ...body }, jan);
const update = (draft: string, body: object = {}, token = eva) =>
  api.call('POST', `${space}/drafts/${draft}/actions/update`, body, token);

it('brings what the entry has become into the draft, which is not outdated then', async () => {
  const { draft, base } = await drafted('clean', { body: 'One\n\nTwo\n\nMine\n' });
  expect((await update(draft)).body).toMatchObject({ revision: 1, outdated: false });
  const theirs = await change('clean', base, { fields: { region: 'US' } });
  const { status, body } = await update(draft);
  expect([status, body]).toEqual([
    200,
    expect.objectContaining({
      ...{ base: theirs.body.blob, revision: 2, outdated: false, body: 'One\n\nTwo\n\nMine\n' },
      fields: expect.objectContaining({ region: 'US' }),
    }),
  ]);
  const published = await api.call('POST', `${space}/drafts/${draft}/actions/publish`, {}, eva);
  expect(published.status).toBe(200);
});

it('asks where both changed the same, and takes the answer for each part', async () => {
  const { draft, base } = await drafted('clash', {
    ...{ fields: { region: 'APAC' }, body: 'One\n\nMine\n\nThree\n' },
  });
  await change('clash', base, { fields: { region: 'US' }, body: 'One\n\nTheirs\n\nThree\n' });
  const asked = await update(draft);
  expect([asked.status, asked.body.code, asked.body.merge.kind]).toEqual([
    ...[409, 'base_stale', 'conflict'],
  ]);
  const ids = (asked.body.merge.parts as { id: string }[]).map(({ id }) => id);
  expect(ids.sort()).toEqual(['body:1', 'field:/region']);
  expect((await update(draft, { parts: { 'field:/region': 'git' } })).status).toBe(422);
  expect((await update(draft, { take: 'git', parts: {} })).status).toBe(422);
  expect((await update(draft, { take: 'mine' }, jan)).body.code).toBe('draft_not_found');
  const decided = await update(draft, { parts: { 'field:/region': 'git', 'body:1': 'mine' } });
  expect(decided.body).toMatchObject({
    ...{ body: 'One\n\nMine\n\nThree\n', outdated: false },
    fields: { region: 'US' },
  });
});

it('of an entry that was removed says so, and keeps the draft', async () => {
  const { draft, base } = await drafted('gone', { body: 'Mine' });
  await api.call('DELETE', `${space}/entries/gone?base=${base}`, undefined, jan);
  expect((await update(draft, { take: 'mine' })).body).toMatchObject({
    ...{ code: 'base_stale', theirs: null, blob: null },
  });
  const list = await api.call('GET', `${space}/drafts?entry=gone`, undefined, eva);
  expect(list.body.items).toMatchObject([{ id: draft, revision: 1 }]);
});

it('is found by its entry', async () => {
  const { draft } = await drafted('found', { body: 'Mine' });
  const list = await api.call('GET', `${space}/drafts?entry=found`, undefined, eva);
  expect(list.body.items).toMatchObject([{ id: draft }]);
  const none = await api.call('GET', `${space}/drafts?entry=no-such-entry`, undefined, eva);
  expect(none.body.items).toEqual([]);
});

it('says who would have to approve it before it is published', async () => {
  const { draft, base } = await drafted('priced', { body: 'Cheap' });
  const shown = async () =>
    (await api.call('GET', `${space}/drafts/${draft}`, undefined, eva)).body.needs as unknown;
  expect(await shown()).toBeNull();
  await write(draft, { entry: 'priced', base, fields: { price: 10 } });
  const needs = [{ name: 'Prices', approvals: 2, approvers: null, author: false }];
  expect(await shown()).toEqual(needs);
  const { body } = await api.call('POST', `${space}/drafts/${draft}/actions/publish`, {}, eva);
  expect(body.review).not.toBeNull();
  const made = await write(randomUUID(), { kind: 'skill', fields: { title: 'New', price: 1 } });
  expect(made.body.needs).toEqual(needs);
});
