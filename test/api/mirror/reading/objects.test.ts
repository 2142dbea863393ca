import { beforeAll, describe, expect, test } from 'vitest';
import { insertRuns } from '../../../../db/mirror/job-runs.ts';
import { updateRenderedFiles } from '../../../../db/mirror/rendered-files.ts';
import { mirrorStream } from '../../../../model/mirror/ids.ts';
import type { JobRun } from '../../../../model/platform/job.ts';
import { jobKey } from '../../../../model/platform/object-key.ts';
import type { PlatformProject } from '../../../../model/platform/project.ts';
import { storage, table } from '../../../support/mirror/platform-storage.ts';
import {
  branch,
  component,
  config,
  object,
  project,
  row,
} from '../../../platforms/keboola/platform-project.ts';
import { branchId, readingUnderTest, type MirrorUnderTest } from './reading-under-test.ts';

const { api, mirror } = await readingUnderTest();
const home = 'configs/main/extractor/ex-generic-v2';

function shopOf(
  configurations: Parameters<typeof project>[0],
  tables: string[] = [],
): PlatformProject {
  return project([], {
    branches: [branch({ configurations, storage: storage(tables.map((id) => table(id))) })],
  });
}

const orders = (name: string, description = '') =>
  config('1', name, { description, rows: [row('r1', 'Lines')] });
const customers = config('2', 'Customers');

/** The text of a run's file, as far as it is read. */
function run(of: { componentId: string; configId: string }): string {
  return JSON.stringify({ runId: '7', componentId: of.componentId, configurationId: of.configId });
}

/** Stores a run of the configuration 1, whose file is in the tree. */
async function putRun(projectId: string, path: string, runId: string, status: string) {
  const stream = mirrorStream({ projectId, branchId });
  const stored: JobRun = {
    ...{ runId, parentRunId: null, componentId: 'ex-generic-v2', configId: '1', configVersion: 1 },
    ...{ rowIds: [], status, createdAt: null, startedAt: null, author: null, error: null },
    ...{ finishedAt: '2026-03-01T00:00:00.000Z', inputs: [], outputs: [], stateDigest: null },
    ...{ artifactLinks: [], details: null },
  };
  await api.db.transaction().execute(async (trx) => {
    await insertRuns(trx, api.sealer, stream, [{ run: stored, path }]);
    const owner = jobKey(branchId, runId);
    const entry = { path, blobId: '0'.repeat(40), owner };
    await updateRenderedFiles(trx, stream, { written: [entry], removed: [] });
  });
}

interface Change {
  change: string;
  kind: string;
  path: string;
  previousPath: string | null;
  configurationId?: string;
  files: { path: string; before: { text: string } | null; after: { text: string } | null }[];
}

describe('a commit as objects', () => {
  let shop: MirrorUnderTest;
  let initial: string;
  let changed: string;
  let renamed: string;
  let swapped: string;
  let removed: string;

  beforeAll(async () => {
    shop = await mirror('commits');
    initial = await shop.deliver(shopOf([orders('Orders', 'One')], ['in.c-shop.orders']));
    changed = await shop.deliver(
      shopOf([orders('Orders', 'Two'), customers], ['in.c-shop.orders']),
    );
    renamed = await shop.deliver(
      shopOf([orders('Purchases', 'Two'), customers], ['in.c-shop.orders']),
    );
    swapped = await shop.deliver(
      shopOf(
        [orders('Customers', 'Two'), config('2', 'Purchases')],
        ['in.c-shop.orders', 'in.c-shop.lines'],
      ),
    );
    removed = await shop.deliver(shopOf([config('2', 'Purchases')], ['in.c-shop.lines']));
  });

  async function objects(sha: string): Promise<Change[]> {
    const { status, body } = await shop.get(`commits/${sha}`);
    expect(status).toBe(200);
    return (body.items as Change[]).filter(({ kind }) => /configuration|row|table/.test(kind));
  }
  const words = (list: Change[]) =>
    list.map(({ change, kind, path, previousPath }) =>
      [change, kind, ...(previousPath === null ? [] : [previousPath, '>']), path].join(' '),
    );

  test('the first one adds everything, with ids and names', async () => {
    const list = await objects(initial);
    expect(words(list)).toEqual([
      `added configuration ${home}/orders`,
      `added row ${home}/orders/rows/lines`,
      'added table storage/metadata/in.c-shop/orders.json',
    ]);
    expect(list).toMatchObject([
      { componentId: 'ex-generic-v2', configurationId: '1', name: 'Orders' },
      { configurationId: '1', rowId: 'r1', name: 'Lines' },
      { tableId: 'in.c-shop.orders', bucketId: 'in.c-shop' },
    ]);
  });

  test('before and after of each file are shown', async () => {
    const list = await objects(changed);
    expect(words(list)).toEqual([
      `changed configuration ${home}/orders`,
      `added configuration ${home}/customers`,
    ]);
    expect(list[0]?.files).toMatchObject([
      {
        path: `${home}/orders/description.md`,
        before: { text: 'One\n' },
        after: { text: 'Two\n', omitted: null },
      },
    ]);
    expect((await shop.get(`commits/${changed}`)).body).toMatchObject({
      ...{ commit: changed, parent: initial, author: { name: 'Somebody' } },
    });
  });

  test('a renamed configuration has moved, and its rows with it', async () => {
    expect(words(await objects(renamed))).toEqual([
      `moved configuration ${home}/orders > ${home}/purchases`,
      `moved row ${home}/orders/rows/lines > ${home}/purchases/rows/lines`,
    ]);
  });

  test('objects are told apart by their ids, also if they swap their names', async () => {
    expect(words(await objects(swapped)).slice(0, 3)).toEqual([
      `moved configuration ${home}/purchases > ${home}/customers`,
      `moved configuration ${home}/customers > ${home}/purchases`,
      `moved row ${home}/purchases/rows/lines > ${home}/customers/rows/lines`,
    ]);
  });

  test('what was removed is named as it was', async () => {
    const list = await objects(removed);
    expect(words(list)).toEqual([
      `removed configuration ${home}/customers`,
      `removed row ${home}/customers/rows/lines`,
      'removed table storage/metadata/in.c-shop/orders.json',
    ]);
    expect(list[0]).toMatchObject({ configurationId: '1', name: 'Customers' });
  });

  test('its objects come in pages', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    for (let pages = 0; cursor !== null && pages < 50; pages += 1) {
      const { body } = await shop.get(`commits/${initial}?limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...(body.items as Change[]).map(({ path }) => path));
      cursor = body.nextCursor as string | null;
    }
    const all = (await shop.get(`commits/${initial}`)).body.items as Change[];
    expect(seen).toEqual(all.map(({ path }) => path));
  });

  test('texts that are too large are left out, and a page ends when it is full', async () => {
    const large = await mirror('large');
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [
        `jobs/2026/01/01/10/${at}.json`,
        `${at}`.repeat(60_000),
      ]),
    );
    const sha = await large.deliver(shopOf([customers]), {
      ...files,
      'configs/large.json': 'x'.repeat(200_000),
      'configs/binary.json': 'a\0b',
    });
    const omitted: string[] = [];
    let [objects, pages] = [0, 0];
    for (let cursor = ''; ;) {
      const { body, text } = await large.get(`commits/${sha}?limit=200${cursor}`);
      expect(text.length).toBeLessThan(3 * 1024 * 1024);
      for (const { path, after } of (body.items as Change[]).flatMap(({ files: of }) => of)) {
        const why = (after as { omitted?: string } | null)?.omitted;
        if (why != null) omitted.push(`${path} ${why}`);
      }
      objects += (body.items as Change[]).length;
      pages += 1;
      if (body.nextCursor === null) break;
      cursor = `&cursor=${body.nextCursor as string}`;
    }
    expect(omitted).toEqual(['configs/binary.json binary', 'configs/large.json too_large']);
    expect(objects).toBeGreaterThan(42);
    expect(pages).toBeGreaterThan(2);
  });

  test('that is not of the mirror is not there', async () => {
    expect(await shop.get(`commits/${'0'.repeat(40)}`)).toMatchObject({ status: 404 });
    expect((await shop.get('commits/main')).status).toBe(400);
  });
});

describe('versions of an object', () => {
  let shop: MirrorUnderTest;
  const shas: string[] = [];

  beforeAll(async () => {
    shop = await mirror('versions');
    for (const of of [
      shopOf([orders('Orders', 'One'), customers], ['in.c-shop.orders']),
      shopOf([orders('Orders', 'Two'), customers], []),
      shopOf([orders('Purchases', 'Two'), customers], ['in.c-shop.orders']),
      // The name becomes that of another configuration, which has the path of the first then.
      shopOf([orders('Purchases', 'Three'), config('2', 'Orders')], ['in.c-shop.orders']),
      shopOf([config('2', 'Orders')], ['in.c-shop.orders']),
      shopOf([config('2', 'Orders', { description: 'Mine' })], ['in.c-shop.orders']),
      shopOf([orders('Back', 'Three'), config('2', 'Orders', { description: 'Mine' })], []),
    ])
      shas.push(await shop.deliver(of));
  });

  async function versions(query: string): Promise<string[]> {
    const seen: string[] = [];
    let cursor: string | null = '';
    for (let pages = 0; cursor !== null && pages < 50; pages += 1) {
      const { status, body } = await shop.get(
        `objects/versions?${query}${cursor && `&cursor=${cursor}`}`,
      );
      expect(status).toBe(200);
      for (const { commit, change, path, previousPath } of body.items)
        seen.push(
          [shas.indexOf(commit as string), change, path, previousPath]
            .filter((part) => part !== null)
            .join(' ')
            .replaceAll(`${home}/`, ''),
        );
      cursor = body.nextCursor as string | null;
    }
    return seen;
  }
  const first = 'component=ex-generic-v2&configuration=1';

  test('follow it by its id, through renames and removals', async () => {
    const all = [
      '6 added back',
      '4 removed purchases',
      '3 changed purchases',
      '2 moved purchases orders',
      '1 changed orders',
      '0 added orders',
    ];
    expect(await versions(first)).toEqual(all);
    expect(await versions(`${first}&limit=1`)).toEqual(all);
    expect(await versions(`${first}&limit=2`)).toEqual(all);
  });

  test('do not contain those of another object that had the same path', async () => {
    expect(await versions('component=ex-generic-v2&configuration=2')).toEqual([
      '5 changed orders',
      '3 moved orders customers',
      '0 added customers',
    ]);
  });

  test('of a row and of a table', async () => {
    expect(await versions(`${first}&row=r1`)).toEqual([
      '6 added back/rows/lines',
      '4 removed purchases/rows/lines',
      '2 moved purchases/rows/lines orders/rows/lines',
      '0 added orders/rows/lines',
    ]);
    const path = 'storage/metadata/in.c-shop/orders.json';
    expect(await versions('table=in.c-shop.orders')).toEqual([
      `6 removed ${path}`,
      `2 added ${path}`,
      `1 removed ${path}`,
      `0 added ${path}`,
    ]);
    expect((await versions('bucket=in.c-shop')).at(-1)).toBe(
      '0 added storage/metadata/in.c-shop/bucket.json',
    );
  });

  async function comparison(query: string, from: number, to: number): Promise<Change[]> {
    const { status, body } = await shop.get(
      `objects/comparison?${query}&from=${shas[from]}&to=${shas[to]}`,
    );
    expect(status).toBe(200);
    return body.items as Change[];
  }
  const told = (list: Change[]) =>
    list.map(({ change, kind, files }) => [
      `${change} ${kind}`,
      ...files.map(({ path, before, after }) =>
        [path.replace(`${home}/`, ''), before?.text ?? null, after?.text ?? null].map(
          (part) => part?.trim() ?? '-',
        ),
      ),
    ]);

  test('are compared, any two of them, wherever the object was', async () => {
    const list = await comparison(first, 0, 3);
    expect(list[0]).toMatchObject({ change: 'moved', configurationId: '1' });
    expect(list.map(({ kind }) => kind)).toEqual(['configuration', 'row']);
    const texts = told(list)[0]!;
    expect(texts).toContainEqual(['purchases/description.md', 'One', 'Three']);
    // The other way round, and with what has its old folder now.
    expect(told(await comparison(first, 3, 0))[0]).toContainEqual([
      ...['orders/description.md', 'Three', 'One'],
    ]);
    const other = await comparison('component=ex-generic-v2&configuration=2', 2, 3);
    expect(other.map(({ configurationId }) => configurationId)).toEqual(['2']);
    expect(await comparison(first, 3, 3)).toEqual([]);
    expect(told(await comparison('table=in.c-shop.orders', 0, 1))[0]?.[0]).toBe('removed table');
    const row = await comparison(`${first}&row=r1`, 0, 2);
    expect(row.map(({ kind, change }) => `${change} ${kind}`)).toEqual(['moved row']);
  });

  test('are compared a page at a time, and only those that are there', async () => {
    const at = `${first}&from=${shas[0]}&to=${shas[3]}`;
    const page = await shop.get(`objects/comparison?${at}&limit=1`);
    const next = await shop.get(`objects/comparison?${at}&limit=1&cursor=${page.body.nextCursor}`);
    expect([page.body.items, next.body.items]).toMatchObject([
      [{ kind: 'configuration' }],
      [{ kind: 'row' }],
    ]);
    expect(next.body.nextCursor).toBeNull();
    // Without the other end, the newest commit is meant; it is not in either of the last two.
    const now = await shop.get(`objects/comparison?${first}&from=${shas[3]}`);
    expect(now.body).toMatchObject({ commit: shas[6], previousPath: `${home}/purchases` });
    const gone = await shop.get(`objects/comparison?${first}&from=${shas[4]}&to=${shas[5]}`);
    expect(gone).toMatchObject({ status: 404, body: { code: 'object_not_found' } });
    const unknown = `objects/comparison?${first}&from=${'0'.repeat(40)}`;
    expect((await shop.get(unknown)).body.code).toBe('commit_not_found');
  });

  test('need exactly one object, which the mirror has or had', async () => {
    expect(await shop.get('objects/versions?table=in.c-none.x')).toMatchObject({
      ...{ status: 404, body: { code: 'object_not_found' } },
    });
    for (const query of ['', 'component=a', 'configuration=1', `${first}&table=t`, 'row=1'])
      expect((await shop.get(`objects/versions?${query}`)).status, query).toBe(422);
    const cursor = Buffer.from(`${shas[0]} ../../other`).toString('base64url');
    expect((await shop.get(`objects/versions?${first}&cursor=${cursor}`)).status).toBe(422);
  });
});

describe('lineage and search', () => {
  let shop: MirrorUnderTest;
  const mapping = (kind: string, key: string, id: string) =>
    object(`{"storage":{"${kind}":{"tables":[{"${key}":"${id}"}]}}}`);

  beforeAll(async () => {
    shop = await mirror('lineage');
    await shop.deliver(
      shopOf(
        [
          config('1', 'Load orders', {
            content: mapping('output', 'destination', 'in.c-shop.orders'),
          }),
          config('2', 'Daily revenue', {
            description: 'What we earn with orders',
            content: mapping('input', 'source', 'in.c-shop.orders'),
          }),
          config('3', 'Load lines', {
            rows: [row('30', 'Lines', mapping('output', 'destination', 'in.c-shop.lines'))],
          }),
        ],
        ['in.c-shop.orders', 'in.c-shop.lines', 'in.c-shop.alone'],
      ),
    );
  });

  test('the lineage says where data comes from and where it goes', async () => {
    const { status, body } = await shop.get('lineage?table=in.c-shop.orders');
    expect(status).toBe(200);
    expect(body).toMatchObject({ start: 'table/in.c-shop.orders', isCut: false });
    expect(body.edges).toEqual([
      expect.objectContaining({
        from: 'configuration/ex-generic-v2/1',
        to: 'table/in.c-shop.orders',
      }),
      expect.objectContaining({
        from: 'table/in.c-shop.orders',
        to: 'configuration/ex-generic-v2/2',
      }),
    ]);
    expect(body.nodes).toContainEqual(
      expect.objectContaining({ configurationId: '2', path: `${home}/daily-revenue`, distance: 1 }),
    );
    const down = await shop.get(
      'lineage?component=ex-generic-v2&configuration=1&direction=down&depth=1',
    );
    expect(down.body).toMatchObject({ isCut: true, edges: [{ to: 'table/in.c-shop.orders' }] });
  });

  test('a configuration that only its rows connect is named with its folder', async () => {
    const { body } = await shop.get('lineage?table=in.c-shop.lines');
    expect(body.edges).toMatchObject([{ from: 'configuration/ex-generic-v2/3', rowId: '30' }]);
    expect(body.nodes).toContainEqual(
      expect.objectContaining({ configurationId: '3', path: `${home}/load-lines` }),
    );
  });

  test('configurations are called by the names that people gave them, as one line', async () => {
    const named = await mirror('names');
    const mysql = component('ex-generic-v2', 'extractor', { name: 'My\u202eSQL' });
    const long = 'x'.repeat(300);
    const deliver = (name: string, rowName: string) =>
      named.deliver(
        project([], {
          components: [mysql],
          branches: [
            branch({
              configurations: [
                config('1', name, {
                  content: mapping('output', 'destination', 'in.c-shop.orders'),
                  rows: [row('r1', rowName)],
                }),
                config('2', long),
              ],
              storage: storage([table('in.c-shop.orders')]),
            }),
          ],
        }),
        { 'jobs/2026/03/01/00/7.json': run({ componentId: 'ex-generic-v2', configId: '1' }) },
      );
    await deliver('<b>Orders</b>\n\u2066first', 'Lines');
    const renamed = await deliver('Purchases', 'Other lines');
    const was = { configurationName: '<b>Orders</b> first', componentName: 'MySQL' };
    const is = { ...was, configurationName: 'Purchases' };

    const lineage = (await named.get('lineage?table=in.c-shop.orders')).body;
    expect(lineage.nodes).toMatchObject([{ configurationName: null }, is]);
    const search = (await named.get('search?kind=configuration')).body.items as { name: string }[];
    expect(search).toMatchObject([{ name: 'Purchases', componentName: 'MySQL' }, {}]);
    expect(search[1]?.name).toHaveLength(200);

    const itemsOf = async (sha: string) =>
      (await named.get(`commits/${sha}`)).body.items as Change[];
    const of = (items: Change[], kind: string) => items.find((one) => one.kind === kind);
    expect(of(await itemsOf(renamed), 'row')).toMatchObject(is);
    const [first] = (await named.repository.log()).slice(-1);
    const initial = await itemsOf(first!.sha);
    // As it was in that commit; what is no configuration has the name that it has now.
    expect(of(initial, 'row')).toMatchObject(was);
    expect(of(initial, 'job-run')).toMatchObject(is);
  });

  test('runs have names, and say why they failed', async () => {
    const runs = await mirror('failures');
    const path = 'jobs/2026/03/01/00/7.json';
    const error = { message: '\n  <i>No</i> such table\u202e \nsecond line' };
    await runs.deliver(shopOf([orders('Orders')]), {
      [path]: JSON.stringify({ componentId: 'ex-generic-v2', configurationId: '1', error }),
    });
    await putRun('failures', path, '7', 'FAILED');
    // Runs do not wait until a repository is fetched for the first time.
    expect((await runs.get('tree')).status).toBe(200);
    const [one] = (await runs.get('runs')).body.items as unknown[];
    expect(one).toMatchObject({ configurationName: 'Orders', error: '<i>No</i> such table' });
  });

  test('runs are listed without names while the repository cannot be read', async () => {
    const bare = await mirror('bare');
    await putRun('bare', 'jobs/8.json', '8', 'SUCCESS');
    const { status, body } = await bare.get('runs');
    expect(status).toBe(200);
    expect(body.items).toMatchObject([{ runId: '8', configurationName: null, error: null }]);
  });

  test('of an object that has none is the object alone, and of one that is not there 404', async () => {
    const alone = await shop.get('lineage?table=in.c-shop.alone');
    expect(alone.body).toMatchObject({ nodes: [{ id: 'table/in.c-shop.alone' }], edges: [] });
    expect((await shop.get('lineage?table=in.c-shop.none')).body.code).toBe('object_not_found');
    expect((await shop.get('lineage?table=a.b.c&depth=11')).status).toBe(400);
  });

  test('a search finds configurations and tables, best first, in pages', async () => {
    const { body } = await shop.get('search?text=orders');
    expect(
      (body.items as Record<string, string>[]).map(({ kind, name }) => `${kind} ${name}`),
    ).toEqual(['table orders', 'configuration Load orders', 'configuration Daily revenue']);
    const page = await shop.get('search?text=orders&limit=1');
    const next = await shop.get(`search?text=orders&limit=1&cursor=${page.body.nextCursor}`);
    expect(next.body.items).toMatchObject([{ name: 'Load orders', configurationId: '1' }]);
    expect((await shop.get('search?text=orders&kind=table')).body.items).toHaveLength(1);
    // Without words, everything is listed by its ids.
    const all = (await shop.get('search')).body.items as Record<string, string>[];
    expect(all.map(({ kind }) => kind)).toEqual(all.map(({ kind }) => kind).toSorted());
    const some = (await shop.get('search?limit=2')).body;
    const rest = (await shop.get(`search?limit=200&cursor=${some.nextCursor}`)).body;
    expect([...(some.items as unknown[]), ...(rest.items as unknown[])]).toEqual(all);
    expect(all.length).toBeGreaterThan(3);
  });
});
