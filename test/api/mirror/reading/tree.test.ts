import { beforeAll, describe, expect, test } from 'vitest';
import { config, project } from '../../../platforms/keboola/platform-project.ts';
import { readingUnderTest, type MirrorUnderTest } from './reading-under-test.ts';

const { api, server, mirror } = await readingUnderTest();
const one = project([config('1', 'Orders', { description: 'First' })]);
const two = project([config('1', 'Orders', { description: 'Second' }), config('2', 'Customers')]);
const home = 'configs/main/extractor/ex-generic-v2';

const namesOf = (body: unknown) =>
  (body as { items: { name: string }[] }).items.map(({ name }) => name);

let shop: MirrorUnderTest;
let first: string;
let second: string;

beforeAll(async () => {
  shop = await mirror('shop');
  await shop.repository.commit({
    files: { 'other/secret.txt': 'of somebody', 'mirror/mine.txt': 'm' },
  });
  first = await shop.deliver(one, { 'jobs/big.json': 'x'.repeat(1024 * 1024 + 1) });
  second = await shop.deliver(two);
});

describe('the tree', () => {
  test('shows the folders that the mirror owns, and nothing beside them', async () => {
    const { status, body } = await shop.get('tree');
    expect(status).toBe(200);
    expect(body).toMatchObject({ commit: second, stale: null, path: '', nextCursor: null });
    expect(namesOf(body)).toEqual(['ai', 'configs', 'jobs']);
    for (const path of ['mine.txt', 'other', '../other', 'other/secret.txt'])
      expect((await shop.get(`tree?path=${path}`)).status).toBeGreaterThanOrEqual(404);
  });

  test('lists a folder with types and sizes, in pages', async () => {
    const { body } = await shop.get(`tree?path=${home}/orders`);
    expect(body.items).toEqual([
      expect.objectContaining({ name: 'config.json', type: 'file', size: 3 }),
      expect.objectContaining({
        name: 'description.md',
        path: `${home}/orders/description.md`,
        type: 'file',
        size: 7,
      }),
      expect.objectContaining({ name: 'meta.json', type: 'file' }),
    ]);
    const names: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = await shop.get(
        `tree?path=${home}/orders&limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      names.push(...namesOf(page.body));
      cursor = page.body.nextCursor as string | null;
    }
    expect(names).toEqual(['config.json', 'description.md', 'meta.json']);
    const folder = await shop.get(`tree?path=${home}`);
    expect(folder.body.items).toEqual([
      { name: 'customers', path: `${home}/customers`, type: 'folder', size: null },
      { name: 'orders', path: `${home}/orders`, type: 'folder', size: null },
    ]);
  });

  test('is that of a commit or a date', async () => {
    const then = await shop.get(`tree?path=${home}&at=${first}`);
    expect(then.body).toMatchObject({ commit: first, items: [{ name: 'orders' }] });
    for (const [at, commit] of [
      [Date.parse(String(then.body.committedAt)), first],
      [Date.parse(String(then.body.committedAt)) + 59_000, first],
      [Date.now(), second],
    ] as const)
      expect((await shop.get(`tree?at=${new Date(at).toISOString()}`)).body.commit).toBe(commit);
    const before = await shop.get('tree?at=2001-01-01');
    expect(before).toMatchObject({ status: 404, body: { code: 'commit_not_found' } });
    for (const none of ['0'.repeat(40), 'f'.repeat(40)])
      expect((await shop.get(`tree?at=${none}`)).body.code).toBe('commit_not_found');
    expect((await shop.get('tree?at=yesterday')).status).toBe(422);
  });
});

describe('a file', () => {
  test('is shown with its text and where it is from', async () => {
    const { body } = await shop.get(`file?path=${home}/orders/description.md`);
    expect(body).toMatchObject({
      ...{ commit: second, size: 7, isBinary: false, content: 'Second\n' },
    });
    const then = await shop.get(`file?path=${home}/orders/description.md&at=${first}`);
    expect(then.body).toMatchObject({ commit: first, content: 'First\n' });
  });

  test('that is too large is refused with its size', async () => {
    const { status, body } = await shop.get('file?path=jobs/big.json');
    expect(status).toBe(413);
    expect(body).toMatchObject({ code: 'file_too_large', size: 1024 * 1024 + 1 });
  });

  test('that is none says what it is', async () => {
    expect(await shop.get('file?path=configs')).toMatchObject({
      ...{ status: 422, body: { code: 'not_a_file', detail: expect.stringContaining('folder') } },
    });
    expect(await shop.get('file?path=configs/none')).toMatchObject({
      ...{ status: 404, body: { code: 'path_not_found' } },
    });
    for (const path of ['', 'configs//main', 'configs/../other/secret.txt', 'configs/%00'])
      expect([404, 422]).toContain((await shop.get(`file?path=${path}`)).status);
  });
});

describe('who may read', () => {
  test('a reader of the project; to others the project does not exist', async () => {
    const reader = await api.token({ role: 'agent', projects: ['shop'] });
    const other = await api.token({ role: 'operator', projects: ['bank'] });
    expect((await shop.get('tree', reader)).status).toBe(200);
    const none = await api.call('GET', '/v1/projects/none/mirrors/1000/tree', undefined, other);
    for (const route of ['tree', 'file?path=ai', 'runs', 'search?text=a', `commits/${first}`]) {
      const refused = await shop.get(route, other);
      expect(refused.status, route).toBe(404);
      expect({ ...refused.body, requestId: '' }).toEqual({
        ...none.body,
        detail: String(none.body.detail).replace('none', 'shop'),
        requestId: '',
      });
    }
  });
});

describe('the repository', () => {
  test('has nothing to read before the first commit', async () => {
    const young = await mirror('young');
    expect(await young.get('tree')).toMatchObject({
      status: 409,
      body: { code: 'nothing_delivered' },
    });
    expect((await young.get('runs')).body).toEqual({ items: [], nextCursor: null });
  });

  test('that is away is read as it was last fetched, which the answer says if it lacks something', async () => {
    const away = await mirror('away');
    const sha = await away.deliver(one);
    expect((await away.get('tree')).body).toMatchObject({ commit: sha, stale: null });
    await server.goAway();
    try {
      expect((await away.get('tree')).body).toMatchObject({ commit: sha, stale: null });
      await away.noteDelivered('a'.repeat(40));
      expect((await away.get('tree')).body).toMatchObject({
        commit: sha,
        stale: { code: expect.any(String), asOf: expect.any(String) },
      });
      const never = await mirror('never');
      await never.noteDelivered('a'.repeat(40));
      expect(await never.get('tree')).toMatchObject({
        status: 422,
        body: { code: 'repository_unreachable' },
      });
    } finally {
      await server.comeBack();
    }
  });

  test('whose branch was rewritten shows what was delivered, as long as it is here', async () => {
    const moved = await mirror('moved');
    const early = await moved.deliver(one);
    const last = await moved.deliver(two);
    expect((await moved.get('tree')).body.commit).toBe(last);
    await moved.repository.commit({ files: { 'mirror/configs/x': 'x' }, orphan: true });
    expect((await moved.get(`tree?at=${early}`)).body.commit).toBe(early);
    expect((await moved.get('tree')).body).toMatchObject({ commit: last, stale: null });
  });

  test('whose branch was rewritten before it was read shows what is left of the mirror', async () => {
    const cut = await mirror('cut');
    const early = await cut.deliver(one);
    await cut.deliver(two);
    await cut.repository.setBranch('main', early);
    expect((await cut.get('tree')).body).toMatchObject({
      ...{ commit: early, stale: { code: 'history_lost', asOf: expect.any(String) } },
    });
    const lost = await mirror('lost');
    await lost.deliver(one);
    await lost.repository.commit({ files: { 'mirror/configs/x': 'x' }, orphan: true });
    expect(await lost.get('tree')).toMatchObject({ status: 409, body: { code: 'history_lost' } });
    const none = await mirror('none-left');
    await none.deliver(one);
    await none.repository.deleteBranch();
    expect(await none.get('tree')).toMatchObject({ status: 409, body: { code: 'branch_gone' } });
  });

  test('shows no commits from before the project came to this place', async () => {
    const old = await mirror('old');
    const theirs = await old.deliver(two);
    await api.call('DELETE', '/v1/projects/old/mirrors/1000');
    const heir = await mirror('heir', 'mirror', old.repository);
    const ours = await heir.deliver(one);
    expect((await heir.get('tree')).body.commit).toBe(ours);
    expect((await heir.get(`tree?at=${theirs}`)).body.code).toBe('commit_not_found');
    const commit = await heir.get(`commits/${ours}`);
    expect(commit.body).toMatchObject({ parent: null });
    expect(commit.text).not.toContain('Second');
    const versions = await heir.get('objects/versions?component=ex-generic-v2&configuration=2');
    expect(versions.text).not.toContain(theirs);
  });
});
