import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { insertItems, noteDone } from '../../../db/knowledge/operation-items.ts';
import { beginOperation, noteEnded } from '../../../db/knowledge/operations.ts';
import { jsonb } from '../../../db/storable.ts';
import type { SpaceGrant } from '../../../model/knowledge/space.ts';
import { adminToken, apiUnderTest, type Answer } from '../api-under-test.ts';

const api = await apiUnderTest();
const { db } = api;
const acme = '---\nid: acme\nname: Acme\n---\n# Acme\n';

/** What these tests look at in an answer. */
interface Operation {
  id: string;
  space: string;
  total: number;
  errors: unknown[];
  items: { items: { name: string }[]; nextCursor: string | null };
}

async function call(...asked: Parameters<typeof api.call>) {
  return (await api.call(...asked)) as Omit<Answer, 'body'> & { body: Operation };
}

async function addSpace(id: string): Promise<string> {
  await db
    .insertInto('spaces')
    .values({
      id,
      name: id,
      repositoryUrl: `https://git.example/${id}.git`,
      repositoryBranch: 'main',
      root: 'knowledge',
      rules: jsonb({ publicKinds: [], index: false, notify: { emails: [] } }),
    })
    .execute();
  api.told.length = 0;
  return `/v1/spaces/${id}`;
}

function itemsOf(operationId: string) {
  return db
    .selectFrom('operationItems')
    .selectAll()
    .where('operationId', '=', operationId)
    .orderBy('ordinal')
    .execute();
}

const begin = (id: string) => beginOperation(db, id, () => Promise.resolve());
const end = (id: string, state: 'done' | 'failed') =>
  db.transaction().execute((trx) => noteEnded(trx, id, state));

describe('an operation', () => {
  test.each(['export', 'sync'])('is stored, started and announced: %s', async (verb) => {
    const url = await addSpace(`whole-${verb}`);
    const { status, body } = await call('POST', `${url}/actions/${verb}`, { dryRun: true });
    expect(status).toBe(202);
    expect(body).toEqual({
      ...{ id: expect.any(String), space: `whole-${verb}`, type: verb, dryRun: true },
      ...{ state: 'waiting', percent: 0, total: 0, done: 0, counts: {}, current: null },
      ...{ by: 'admin', startedAt: expect.any(String), endedAt: null, failure: null, errors: [] },
    });
    expect(api.told).toEqual([`run operation/${body.id}`]);
    expect((await call('GET', `${url}/operations/${body.id}`)).body).toEqual(body);
    const audit = await call('GET', '/v1/audit?limit=1');
    expect(audit.body).toMatchObject({
      items: [
        {
          action: `space.${verb}`,
          target: `space/${body.space}`,
        },
      ],
    });
  });

  test('is accepted while Temporal is unreachable', async () => {
    const url = await addSpace('away');
    api.temporal.away = true;
    const { status, body } = await call('POST', `${url}/actions/sync`, {});
    api.temporal.away = false;
    expect(status).toBe(202);
    expect(api.told).toEqual([]);
    expect((await call('GET', `${url}/operations`)).body.items).toEqual([body]);
  });

  test('is not found in another space, or if it does not exist', async () => {
    const url = await addSpace('one');
    const other = await addSpace('other');
    const { body } = await call('POST', `${url}/actions/sync`, {});
    for (const path of [`${other}/operations/${body.id}`, `${url}/operations/${randomUUID()}`])
      expect((await call('GET', path)).body).toMatchObject({ code: 'operation_not_found' });
    expect((await call('POST', '/v1/spaces/nowhere/actions/sync', {})).body).toMatchObject({
      code: 'space_not_found',
    });
  });

  test('shows its progress, and lists the items that need attention page by page', async () => {
    const url = await addSpace('far');
    const { body } = await call('POST', `${url}/actions/sync`, {});
    await db.transaction().execute((trx) =>
      insertItems(
        trx,
        body.id,
        Array.from({ length: 300 }, (_, index) => ({ name: `f${index + 1}`, content: 'text' })),
      ),
    );
    await begin(body.id);
    const failed = { outcome: 'failed', entryId: null, message: 'line 2: no' } as const;
    await db
      .transaction()
      .execute((trx) =>
        noteDone(trx, body.id, [
          ...Array.from({ length: 150 }, (_, index) => ({ ordinal: index + 1, ...failed })),
          { ordinal: 151, outcome: 'created', entryId: 'e', message: null },
        ]),
      );
    const { body: view } = await call('GET', `${url}/operations/${body.id}`);
    expect(view).toMatchObject({
      ...{ state: 'running', percent: 50, total: 300, done: 151 },
      counts: { failed: 150, created: 1 },
    });
    expect(view.errors).toHaveLength(100);
    expect(view.errors[0]).toEqual({ name: 'f1', place: null, ...failed });
    const pages: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page = await call('GET', `${url}/operations/${body.id}?items=failed&limit=60${query}`);
      pages.push(...page.body.items.items.map(({ name }) => name));
      cursor = page.body.items.nextCursor;
    }
    expect(pages).toEqual(Array.from({ length: 150 }, (_, index) => `f${index + 1}`));
    const created = await call(
      'GET',
      `${url}/operations/${body.id}?items=all&outcome=created&limit=5`,
    );
    expect(created.body.items.items).toMatchObject([{ name: 'f151', outcome: 'created' }]);
    const all = await call('GET', `${url}/operations/${body.id}?items=all&limit=200`);
    expect(all.body.items.items).toHaveLength(200);
    expect((await itemsOf(body.id)).map(({ content }) => content).slice(149, 152)).toEqual([
      ...[null, null, 'text'],
    ]);
  });

  test('is cancelled at once by the person who started it', async () => {
    const url = await addSpace('stopped');
    const { body } = await call('POST', `${url}/actions/sync`, {});
    api.told.length = 0;
    const cancelled = await call('POST', `${url}/operations/${body.id}/actions/cancel`);
    expect(cancelled).toMatchObject({ status: 200, body: { state: 'cancelled' } });
    expect(api.told).toEqual([`cancel operation/${body.id}`]);
    expect(await begin(body.id)).toBeNull();
    const again = await call('POST', `${url}/operations/${body.id}/actions/cancel`);
    expect(again).toMatchObject({ status: 200, body: { state: 'cancelled' } });
    expect(api.told).toHaveLength(1);
  });

  test('can be followed until it ends', async () => {
    const url = await addSpace('heard');
    const { body } = await call('POST', `${url}/actions/sync`, {});
    const answer = api.app.inject({
      url: `${url}/operations/${body.id}/stream`,
      headers: { authorization: `Bearer ${adminToken}` },
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await begin(body.id);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await end(body.id, 'done');
    const events = [...(await answer).body.matchAll(/^event: status\ndata: (.*)$/gm)].map(
      ([, data]) => (JSON.parse(data!) as { state: string }).state,
    );
    expect(events).toEqual(['waiting', 'running', 'done']);
  });
});

describe('an import', () => {
  test('stores its items before it is answered', async () => {
    const url = await addSpace('files');
    const { status, body } = await call('POST', `${url}/actions/import`, {
      kind: 'customer',
      update: false,
      items: [
        { name: 'customers/acme.md', content: acme },
        { name: 'elsewhere/beta.md', content: acme },
        { name: 'customers/nul.md', content: 'a\0b' },
      ],
    });
    expect({ status, body }).toMatchObject({
      status: 202,
      body: { type: 'import', total: 3, done: 1, counts: { failed: 1 } },
    });
    expect(await itemsOf(body.id)).toMatchObject([
      { name: 'customers/acme.md', content: acme, outcome: null },
      { name: 'elsewhere/beta.md', content: acme, outcome: null },
      { name: 'customers/nul.md', content: null, outcome: 'failed' },
    ]);
    const row = await db.selectFrom('operations').selectAll().where('id', '=', body.id).execute();
    expect(row[0]?.settings).toEqual({ kind: 'customer', update: false, items: 'texts' });
  });

  test('of a table has one item per row', async () => {
    const url = await addSpace('table');
    const csv = await call('POST', `${url}/actions/import`, {
      ...{ kind: 'customer', format: 'csv' },
      content: 'id,name\nacme,Acme\n,Beta\n,\n',
    });
    expect(csv.status).toBe(202);
    expect(
      (await itemsOf(csv.body.id)).map(({ name, place, content }) => [name, place, content]),
    ).toEqual([
      ['acme', 'line 2', '{"id":"acme","name":"Acme"}'],
      ['Beta', 'line 3', '{"id":"","name":"Beta"}'],
      ['line 4', 'line 4', '{"id":"","name":""}'],
    ]);
    const json = await call('POST', `${url}/actions/import`, {
      ...{ kind: 'customer', format: 'json' },
      content: '{"rows":[{"id":7,"name":"\\u0000"}]}',
    });
    expect(await itemsOf(json.body.id)).toMatchObject([{ name: '7' }]);
  });

  test('of a table whose columns are called otherwise says where they go', async () => {
    const url = await addSpace('columns');
    const asked = {
      ...{ kind: 'customer', format: 'csv', content: 'Company Name,Notes\nAcme,secret\n' },
      columns: { 'Company Name': 'name', Notes: null },
    };
    const { status, body } = await call('POST', `${url}/actions/import`, asked);
    expect(status).toBe(202);
    expect(await itemsOf(body.id)).toMatchObject([{ name: 'Acme', content: '{"name":"Acme"}' }]);
    const page = await call('GET', `${url}/operations/${body.id}?items=all`);
    expect(page.body.items.items).toMatchObject([{ name: 'Acme', place: 'line 2' }]);
  });

  test.each([
    [{ Nmae: 'name' }, '/columns', 'names the column "Nmae", which the table does not have'],
    [{ Notes: 'nmae' }, '/columns', 'names the field "nmae", which the kind customer'],
    [{ Notes: 'name' }, '/content', '"Company Name" and "Notes" would both become "name"'],
    [{ 'a\nb': 7 }, '/columns/a\nb', 'string'],
  ])('of columns %j is refused', async (columns, pointer, message) => {
    const url = await addSpace(`columns-${randomUUID().slice(0, 8)}`);
    const { status, body } = await call('POST', `${url}/actions/import`, {
      ...{ kind: 'customer', format: 'csv', content: 'Company Name,Notes\nAcme,secret\n' },
      columns: { 'Company Name': 'name', ...columns },
    });
    expect([400, 422]).toContain(status);
    expect(body).toMatchObject({
      errors: [{ pointer, message: expect.stringContaining(message) }],
    });
  });

  test('with values that cannot be stored fails for their rows only', async () => {
    const url = await addSpace('unstorable');
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const wide = Object.fromEntries(Array.from({ length: 1_001 }, (_, index) => [`c${index}`, 1]));
    const content = `[{"id":1,"name":"\\u0000"},{"id":2,"name":"\\ud800"},{"id":3,"name":${deep}},${JSON.stringify({ id: 4, ...wide })},{"id":5,"name":"${'x'.repeat(3_000_000)}"},{"id":6,"name":"Six"}]`;
    const { status, body } = await call('POST', `${url}/actions/import`, {
      ...{ kind: 'customer', format: 'json', content },
    });
    expect(status).toBe(202);
    expect(
      (await itemsOf(body.id)).map(({ name, outcome, message }) => [name, outcome, message]),
    ).toEqual([
      ['1', 'failed', expect.stringContaining('/name contains NUL')],
      ['2', 'failed', expect.stringContaining('/name contains NUL or half of a surrogate pair')],
      ['3', 'failed', expect.stringContaining('nested more than 64 levels')],
      ['4', 'failed', expect.stringContaining('has 1002 fields; at most 1000')],
      ['5', 'failed', expect.stringContaining('larger than 1 MiB')],
      ['6', null, null],
    ]);
    const csv = await call('POST', `${url}/actions/import`, {
      ...{ kind: 'customer', format: 'csv', content: 'id,name\n1,a\0\n2,b\n' },
    });
    expect((await itemsOf(csv.body.id)).map(({ outcome }) => outcome)).toEqual(['failed', null]);
    const large = await call('POST', `${url}/actions/import`, {
      items: [{ name: 'customers/large.md', content: 'x'.repeat(1_048_577) }],
    });
    expect(await itemsOf(large.body.id)).toMatchObject([{ content: null, outcome: 'failed' }]);
  });

  test('of 50,000 columns is refused', async () => {
    const url = await addSpace('wide');
    const header = Array.from({ length: 50_000 }, (_, index) => `c${index}`).join(',');
    const content = `${header}\n${','.repeat(49_999)}\n`;
    const { status, body } = await call('POST', `${url}/actions/import`, {
      ...{ kind: 'customer', format: 'csv', content },
    });
    expect({ status, body }).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('more than 1,000 columns') },
    });
  });

  test.each([
    [{}, 'give items, or format and content'],
    [{ items: [], format: 'csv' }, 'either items'],
    [{ items: [], columns: { a: null } }, 'those of a table'],
    [{ format: 'csv', content: 'id\n1\n' }, 'which kind'],
    [{ format: 'csv', content: 'id,id\n', kind: 'customer' }, 'two columns'],
    [{ format: 'json', content: '{', kind: 'customer' }, 'not JSON'],
    [{ items: [], kind: 'nothing' }, 'This space has no kind nothing; it has'],
  ])('that is not valid is refused: %j', async (asked, detail) => {
    const url = await addSpace(`refused-${randomUUID().slice(0, 8)}`);
    const { status, body } = await call('POST', `${url}/actions/import`, asked);
    expect({ status, body }).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining(detail) },
    });
  });

  test('can have 5,000 files and 20 MiB, unlike other requests', async () => {
    const url = await addSpace('large');
    const content = `${acme}${'x'.repeat(4_000)}`;
    const items = Array.from({ length: 5_000 }, (_, index) => ({
      ...{ name: `customers/c${index}.md`, content },
    }));
    const { status, body } = await call('POST', `${url}/actions/import`, { items });
    expect({ status, total: body.total }).toEqual({ status: 202, total: 5_000 });
    const other = await call('POST', `${url}/actions/sync`, { items });
    expect(other.status).toBe(413);
  });
});

describe('access to operations', () => {
  const only = (space: string, kinds: string[] | null, role: SpaceGrant['role']) => [
    { space, kinds, role },
  ];

  test('only operators of a whole space may start operations on it', async () => {
    const url = await addSpace('guarded');
    const editor = await api.token({ role: 'editor' });
    const ofSome = await api.token({
      role: 'operator',
      spaces: only('guarded', ['skill'], 'operator'),
    });
    const ofAll = await api.token({ role: 'operator', spaces: only('guarded', null, 'operator') });
    for (const [token, status] of [
      [editor, 403],
      [ofSome, 403],
      [ofAll, 202],
    ] as const)
      expect((await call('POST', `${url}/actions/sync`, {}, token)).status).toBe(status);
  });

  test('whoever may write some kinds may import them; other items fail', async () => {
    const url = await addSpace('kinds');
    const editor = await api.token({
      role: 'editor',
      spaces: only('kinds', ['skill'], 'editor'),
    });
    const items = [
      { name: 'customers/acme.md', content: acme },
      { name: 'skills/sql.md', content: '---\nid: sql\ntitle: SQL\n---\n' },
    ];
    const { status, body } = await call('POST', `${url}/actions/import`, { items }, editor);
    expect(status).toBe(202);
    expect(body.errors).toEqual([
      expect.objectContaining({
        name: 'customers/acme.md',
        message: 'This needs the role editor for entries of the kind customer.',
      }),
    ]);
    const refused = await call(
      'POST',
      `${url}/actions/import`,
      { items, kind: 'customer' },
      editor,
    );
    expect(refused.status).toBe(403);
    const reader = await api.token({ role: 'reader' });
    expect((await call('POST', `${url}/actions/import`, { items }, reader)).status).toBe(403);
  });

  test('whoever may read the whole space sees all operations; others see and cancel only their own', async () => {
    const url = await addSpace('seen');
    const editor = await api.token({ role: 'editor', spaces: only('seen', ['skill'], 'editor') });
    const others = await call('POST', `${url}/actions/sync`, {});
    const items = [{ name: 'skills/sql.md', content: '---\nid: sql\ntitle: SQL\n---\n' }];
    const own = await call('POST', `${url}/actions/import`, { items }, editor);
    const statusOf = async (id: string, token: string) =>
      (await call('GET', `${url}/operations/${id}`, undefined, token)).status;
    expect(await statusOf(others.body.id, editor)).toBe(404);
    expect(await statusOf(own.body.id, editor)).toBe(200);
    const listed = await call('GET', `${url}/operations`, undefined, editor);
    expect(listed.body.items).toEqual([expect.objectContaining({ id: own.body.id })]);
    const reader = await api.token({ role: 'reader' });
    expect(await statusOf(own.body.id, reader)).toBe(200);
    const wide = await api.token({ role: 'editor', spaces: only('seen', null, 'editor') });
    const cancel = `${url}/operations/${others.body.id}/actions/cancel`;
    expect((await call('POST', cancel, undefined, wide)).status).toBe(403);
    const mine = `${url}/operations/${own.body.id}/actions/cancel`;
    expect((await call('POST', mine, undefined, editor)).status).toBe(200);
  });
});
