import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { jsonb } from '../../../db/storable.ts';
import { createGitTextTools } from '../../../git/clones/text-tools.ts';
import { textBlobId } from '../../../knowledge/entries/blob-id.ts';
import { builtInKinds } from '../../../knowledge/kinds/kinds.ts';
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import { apiUnderTest } from '../api-under-test.ts';
import { insertSalesSpace } from './sales-space.ts';

const directory = await mkdtemp(join(tmpdir(), 'drafts-test-'));
afterAll(() => rm(directory, { recursive: true, force: true }));
const api = await apiUnderTest({ texts: createGitTextTools({ directory }) });
const { db, told } = api;

const space = '/v1/spaces/sales';
let eva = '';
let jan = '';

beforeAll(async () => {
  await insertSalesSpace(db);
  eva = await api.token({ name: 'Eva', email: 'eva@example.com', role: 'editor' });
  jan = await api.token({ name: 'Jan', email: 'jan@example.com', role: 'editor' });
});

beforeEach(async () => {
  told.length = 0;
  await db.updateTable('spaces').set({ rungAt: null }).execute();
});

/** Stores a skill as if it had been read from Git; returns its blob. */
async function skill(id: string): Promise<{ base: string; text: string }> {
  const text = `---\nid: ${id}\ntitle: Skill ${id}   # ours\nupdated: 2026-01-01\n---\nAs it is.\n`;
  const kind = builtInKinds.find(({ name }) => name === 'skill');
  if (kind === undefined) throw new Error('There are no skills.');
  const { fields, title, problems } = readEntry(text, kind);
  const base = textBlobId(text);
  await db
    .insertInto('entries')
    .values({
      spaceId: 'sales',
      id,
      kind: 'skill',
      path: `knowledge/skills/${id}.md`,
      declaredId: id,
      title,
      fields: jsonb(fields),
      problems: jsonb(problems),
      headBlob: base,
      headText: text,
      gitBlob: base,
      commitSha: 'a'.repeat(40),
      syncedAt: new Date(),
      updatedAt: new Date('2026-01-01T00:00:00Z'),
    })
    .execute();
  return { base, text };
}

const write = (id: string, body: object, token = eva) =>
  api.call('PUT', `${space}/drafts/${id}`, body, token);
const show = (id: string, token = eva) =>
  api.call('GET', `${space}/drafts/${id}`, undefined, token);
const publish = (id: string, token = eva) =>
  api.call('POST', `${space}/drafts/${id}/actions/publish`, {}, token);
const headOf = async (id: string): Promise<Record<string, unknown>> =>
  (await api.call('GET', `${space}/entries/${id}`, undefined, eva)).body as Record<string, unknown>;

describe('a draft', () => {
  it('of an entry is kept as it is written, seen by nobody else, and changes nothing', async () => {
    const { base, text } = await skill('private');
    const id = randomUUID();
    const draft = { entry: 'private', base, body: 'Half a sen' };
    const { status, body } = await write(id, draft);
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({
        entry: 'private',
        action: 'edit',
        revision: 1,
        title: 'Skill private',
        text: text.replace('As it is.\n', 'Half a sen\n'),
        problems: [],
        outdated: false,
      }),
    ]);
    expect((await write(id, { ...draft, body: 'Half a sentence.' })).body.revision).toBe(2);
    for (const [method, token] of [
      ['GET', jan],
      ['DELETE', jan],
      ['GET', undefined],
    ] as const)
      expect((await api.call(method, `${space}/drafts/${id}`, undefined, token)).status).toBe(404);
    expect((await publish(id, jan)).status).toBe(404);
    expect((await write(id, draft, jan)).body.code).toBe('draft_exists');
    expect((await show(id)).body.body).toBe('Half a sentence.\n');
    const list = await api.call('GET', `${space}/drafts`, undefined, jan);
    expect(list.body.items).toEqual([]);
    expect((await headOf('private')).text).toBe(text);
    expect(told).toEqual([]);
  });

  it('may have any problem until it is published, and is kept then', async () => {
    const { base } = await skill('unfinished');
    const id = randomUUID();
    const text = '---\nid: unfinished\ntitle: [\n---\n';
    const { body } = await write(id, { entry: 'unfinished', base, text });
    expect(body.problems).toMatchObject([{ code: 'unparsable', line: 4 }]);
    const refused = await publish(id);
    expect([refused.status, refused.body.code]).toEqual([422, 'entry_invalid']);
    expect((await show(id)).body.text).toBe(text);
  });

  it('becomes a save of its owner when it is published, with the date, and is gone', async () => {
    const { base } = await skill('published');
    const id = randomUUID();
    await write(id, { entry: 'published', base, fields: { title: 'Better' } });
    const { status, body } = await publish(id);
    expect([status, body]).toEqual([200, { entries: ['published'], review: null }]);
    expect(await headOf('published')).toMatchObject({
      text: expect.stringMatching(
        /^---\nid: published\ntitle: Better {3}# ours\nupdated: (?!2026-01-01)/,
      ),
      syncStatus: 'pending',
      updatedBy: 'Eva',
    });
    expect(told).toEqual(['doorbell space/sales']);
    expect((await show(id)).status).toBe(404);
    expect((await publish(id)).status).toBe(404);
  });

  it('of a new entry keeps its id, and gets its file when it is published', async () => {
    const id = randomUUID();
    const first = await write(id, { kind: 'skill', fields: { title: 'New' }, body: 'One' });
    const second = await write(id, { kind: 'skill', fields: { title: 'Newer' }, body: 'Two' });
    expect(second.body.entry).toBe(first.body.entry);
    expect((await publish(id)).status).toBe(200);
    expect(await headOf(String(first.body.entry))).toMatchObject({
      path: 'knowledge/skills/newer.md',
      body: 'Two\n',
    });
  });

  it('that removes its entry does so when it is published', async () => {
    const { base } = await skill('removed');
    const id = randomUUID();
    expect((await write(id, { entry: 'removed', base, remove: true })).body).toMatchObject({
      action: 'delete',
      text: null,
    });
    expect((await publish(id)).status).toBe(200);
    expect((await headOf('removed')).code).toBe('entry_not_found');
  });

  it('that is outdated says so, and is not published over what came since', async () => {
    const { base } = await skill('outdated');
    const id = randomUUID();
    await write(id, { entry: 'outdated', base, body: 'Mine' });
    await api.call('PUT', `${space}/entries/outdated`, { base, fields: { title: 'Other' } }, jan);
    expect((await show(id)).body.outdated).toBe(true);
    const { status, body } = await publish(id);
    expect([status, body.code, body.merge.kind]).toEqual([409, 'base_stale', 'clean']);
    const merged = { entry: 'outdated', base: String(body.blob), text: String(body.merge.text) };
    expect((await write(id, merged)).body.outdated).toBe(false);
    expect((await publish(id)).status).toBe(200);
    expect(await headOf('outdated')).toMatchObject({ title: 'Other', body: 'Mine\n' });
  });

  it('that two windows write is overwritten by neither, if they say what they saw', async () => {
    const { base } = await skill('windows');
    const id = randomUUID();
    const draft = { entry: 'windows', base };
    const both = await Promise.all(
      ['One', 'Two'].map((body) => write(id, { ...draft, body, revision: 0 })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const refused = both.find(({ status }) => status === 409);
    expect(refused?.body).toMatchObject({ code: 'draft_moved', revision: 1 });
    expect((await write(id, { ...draft, body: 'Three', revision: 1 })).body.revision).toBe(2);
    await api.call('DELETE', `${space}/drafts/${id}`, undefined, eva);
    expect((await write(id, { ...draft, body: 'Four', revision: 2 })).body).toMatchObject({
      code: 'draft_moved',
      revision: null,
    });
  });

  it('is the only one of its entry', async () => {
    const { base } = await skill('twice');
    const [id, other] = [randomUUID(), randomUUID()];
    await write(id, { entry: 'twice', base, body: 'Mine' });
    const { status, body } = await write(other, { entry: 'twice', base, body: 'Mine, too' });
    expect([status, body.code, body.draft]).toEqual([409, 'draft_exists', id]);
    expect((await write(other, { entry: 'twice', base, body: 'His' }, jan)).status).toBe(200);
  });

  it.each([
    [{ kind: 'skill', entry: 'x' }, 'give either `entry`, or the `kind` of a new one'],
    [{}, 'give either `entry`, or the `kind` of a new one'],
    [{ kind: 'skill', remove: true }, 'a new entry has neither `base` nor `remove`'],
    [{ kind: 'skill', text: '', body: '' }, 'is the whole file'],
  ])('that is neither of an entry nor new is refused: %j', async (body, message) => {
    const refused = await write(randomUUID(), body);
    expect([refused.status, refused.body.detail]).toEqual([422, expect.stringContaining(message)]);
  });

  it('is only for kinds that its owner may write, also when it is published', async () => {
    const { base } = await skill('limited');
    const spaces = [{ space: 'sales', kinds: ['customer'], role: 'editor' as const }];
    const limited = await api.token({ name: 'Customers', role: 'editor', spaces });
    const id = randomUUID();
    expect((await write(id, { kind: 'skill', fields: {} }, limited)).status).toBe(403);
    expect((await write(id, { entry: 'limited', base, body: '' }, limited)).status).toBe(404);
    await write(id, { kind: 'customer', fields: { name: 'Mine' } }, limited);
    await db
      .updateTable('tokens')
      .set({ spaces: JSON.stringify([{ ...spaces[0], role: 'reader' }]) })
      .where('name', '=', 'Customers')
      .execute();
    expect((await publish(id, limited)).status).toBe(403);
    expect((await show(id, limited)).status).toBe(200);
  });

  it('tells others for five minutes that its owner is writing, and nothing of what it says', async () => {
    const { base } = await skill('together');
    const editors = async (token: string): Promise<unknown> =>
      (await api.call('GET', `${space}/entries/together/editors`, undefined, token)).body;
    expect(await editors(jan)).toEqual({ items: [] });
    const id = randomUUID();
    const { body } = await write(id, { entry: 'together', base, body: 'A secret' });
    expect(await editors(jan)).toEqual({ items: [{ name: 'Eva', at: body.updatedAt }] });
    expect(await editors(eva)).toEqual({ items: [] });
    await write(randomUUID(), { entry: 'together', base, body: 'Mine' }, jan);
    expect(await editors(eva)).toMatchObject({ items: [{ name: 'Jan' }] });
    await db
      .updateTable('drafts')
      .set({ updatedAt: new Date(Date.now() - 301_000) })
      .where('id', '=', id)
      .execute();
    expect(await editors(jan)).toEqual({ items: [] });
    const reader = await api.token({ name: 'Reader', role: 'reader' });
    const read = await api.call('GET', `${space}/entries/together/editors`, undefined, reader);
    expect(read.status).toBe(403);
  });

  it('is listed by its entry', async () => {
    const { base } = await skill('listed');
    const id = randomUUID();
    await write(id, { entry: 'listed', base, body: 'x' });
    const found = async (entry: string) => {
      const { status, body } = await api.call(
        'GET',
        `${space}/drafts?entry=${entry}`,
        undefined,
        eva,
      );
      return [status, (body.items as { id: string }[] | undefined)?.map((one) => one.id)];
    };
    expect(await found('listed')).toEqual([200, [id]]);
    expect(await found('unknown')).toEqual([200, []]);
    expect(await found('a%00b')).toEqual([422, undefined]);
  });
});

describe('a change set', () => {
  const begin = async (title: string, description?: string) =>
    String((await api.call('POST', `${space}/change-sets`, { title, description }, eva)).body.id);
  const publishAll = (id: string, token = eva) =>
    api.call('POST', `${space}/change-sets/${id}/actions/publish`, undefined, token);

  it('is published as saves that become one commit under its title', async () => {
    const [one, two] = [await skill('set-one'), await skill('set-two')];
    const changeSet = await begin('New prices', 'From March on.');
    await write(randomUUID(), { entry: 'set-one', base: one.base, body: 'One', changeSet });
    await write(randomUUID(), { entry: 'set-two', base: two.base, body: 'Two', changeSet });
    await write(randomUUID(), {
      kind: 'skill',
      fields: { title: 'Three', id: 'set-three' },
      changeSet,
    });
    const shown = await api.call('GET', `${space}/change-sets/${changeSet}`, undefined, eva);
    expect(shown.body).toMatchObject({ title: 'New prices', drafts: 3 });
    expect((await publishAll(changeSet, jan)).body.code).toBe('change_set_not_found');

    const { status, body } = await publishAll(changeSet);
    expect([status, (body.entries as string[]).sort()]).toEqual([
      200,
      ['set-one', 'set-three', 'set-two'],
    ]);
    const saves = await db
      .selectFrom('saves')
      .select(['entryId', 'message', 'changeSetId'])
      .where('entryId', 'like', 'set-%')
      .orderBy('entryId')
      .execute();
    const as = { message: 'New prices\n\nFrom March on.', changeSetId: changeSet };
    expect(saves).toEqual([
      { entryId: 'set-one', ...as },
      { entryId: 'set-three', ...as },
      { entryId: 'set-two', ...as },
    ]);
    expect(told).toEqual(['doorbell space/sales']);
    expect((await publishAll(changeSet)).status).toBe(404);
  });

  it('of which one draft cannot be saved publishes none', async () => {
    const [one, two] = [await skill('all-one'), await skill('all-two')];
    const changeSet = await begin('All or nothing');
    const drafts = [randomUUID(), randomUUID()];
    await write(drafts[0]!, { entry: 'all-one', base: one.base, body: 'One', changeSet });
    await write(drafts[1]!, { entry: 'all-two', base: two.base, body: 'Two', changeSet });
    await api.call('PUT', `${space}/entries/all-two`, { base: two.base, body: 'Jan' }, jan);
    told.length = 0;
    const { status, body } = await publishAll(changeSet);
    expect([status, body.code]).toEqual([409, 'base_stale']);
    expect((await headOf('all-one')).blob).toBe(one.base);
    expect((await show(drafts[0]!)).body.changeSet).toBe(changeSet);
    expect(told).toEqual([]);
  });

  it('that is published while a draft of it is written has that draft, or leaves it alone', async () => {
    const changeSet = await begin('Meanwhile');
    const ids = Array.from({ length: 6 }, () => randomUUID());
    const make = (id: string) => write(id, { kind: 'skill', fields: { id, title: id }, changeSet });
    await make(ids[0]!);
    const [published, ...written] = await Promise.all([
      publishAll(changeSet),
      ...ids.slice(1).map(make),
    ]);
    expect(published.status).toBe(200);
    expect(written.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
    for (const [index, id] of ids.entries()) {
      const answered = index === 0 ? 200 : written[index - 1]!.status;
      const isSaved = (published.body.entries as string[]).includes(id);
      // What was accepted is somewhere.
      if (answered === 200)
        expect([isSaved, (await show(id)).status]).toContain(isSaved ? true : 200);
    }
  });

  it('that is removed leaves its drafts, and an empty one is not published', async () => {
    const { base } = await skill('left');
    const changeSet = await begin('Nothing');
    expect((await publishAll(changeSet)).body.code).toBe('change_set_refused');
    const id = randomUUID();
    await write(id, { entry: 'left', base, body: 'Left', changeSet });
    const other = await begin('Another');
    expect((await write(id, { entry: 'left', base, body: 'Left' })).body.changeSet).toBe(changeSet);
    const renamed = await api.call('PATCH', `${space}/change-sets/${other}`, { title: 'B' }, eva);
    expect(renamed.body).toMatchObject({ title: 'B', drafts: 0 });
    await api.call('DELETE', `${space}/change-sets/${changeSet}`, undefined, eva);
    expect((await show(id)).body.changeSet).toBeNull();
    const list = await api.call('GET', `${space}/change-sets`, undefined, eva);
    expect(list.body.items).toContainEqual(expect.objectContaining({ id: other }));
    const strange = { entry: 'left', base, body: '', changeSet: randomUUID() };
    expect((await write(id, strange)).body.code).toBe('change_set_not_found');
  });
});
