import { Agent } from 'undici';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { renderProject } from '../../../platforms/keboola/layout/render-project.ts';
import { createKeboolaSource } from '../../../platforms/keboola/source/keboola-source.ts';
import { startStorageApi, type StorageApi } from '../../../examples/storage-api/storage-api.ts';
import { apiMetadata } from '../../../examples/storage-api/tables.ts';

const dispatcher = new Agent();
let api: StorageApi;
beforeEach(async () => {
  api = await startStorageApi();
  const noted = apiMetadata({
    system: {
      'KBC.createdBy.component.id': 'keboola.ex-db-mysql',
      'KBC.createdBy.configuration.id': '7',
    },
  });
  api.putTable('in.c-shop.orders', { columns: ['id', 'note'], metadata: noted, rowsCount: 5 });
  api.putTable('in.c-shop.lines', { metadata: noted });
  api.putTable('out.c-report.daily', { bucket: { sharing: 'organization' } });
});
afterEach(() => api.close());
afterAll(() => dispatcher.destroy());

/** The tree of a mirror of the default branch: path → blob. */
async function tree(volatile = false): Promise<Map<string, string>> {
  const source = createKeboolaSource({
    url: api.url,
    token: api.token,
    dispatcher,
    checkUrl: (url) => new URL(url).href,
  });
  const project = await source.readProject(['1000'], { signal: new AbortController().signal });
  const { files, warnings } = renderProject(project, {
    allowedBranches: ['__main__'],
    givenPaths: new Map(),
    root: 'configs',
    secrets: 'encrypted',
    storage: { volatile },
  });
  expect(warnings).toEqual([]);
  return new Map([...files].map(([path, { blobId }]) => [path, blobId]));
}

/** The paths that differ. */
function changed(before: Map<string, string>, after: Map<string, string>): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).sort();
}

test('storage is in the tree, beside the configurations', async () => {
  const paths = [...(await tree()).keys()].filter((path) => path.startsWith('storage/'));
  expect(paths.sort()).toEqual([
    'storage/lineage/in.c-shop.json',
    'storage/metadata/in.c-shop/bucket.json',
    'storage/metadata/in.c-shop/lines.json',
    'storage/metadata/in.c-shop/orders.json',
    'storage/metadata/out.c-report/bucket.json',
    'storage/metadata/out.c-report/daily.json',
  ]);
});

test('an import changes no file, or only those of its table and bucket if volatile values are wanted', async () => {
  const [before, volatileBefore] = [await tree(), await tree(true)];
  expect(api.importTable('in.c-shop.orders')).toMatchObject({
    type: 'storage_changed',
    kind: 'imported',
  });
  expect(changed(before, await tree())).toEqual([]);
  expect(changed(volatileBefore, await tree(true))).toEqual([
    'storage/metadata/in.c-shop/bucket.json',
    'storage/metadata/in.c-shop/orders.json',
  ]);
});

test('a new column changes the file of its table, and a deleted table takes its files with it', async () => {
  const before = await tree();
  api.putTable('in.c-shop.orders', { columns: ['id', 'note', 'amount'] });
  const widened = await tree();
  expect(changed(before, widened)).toEqual(['storage/metadata/in.c-shop/orders.json']);
  api.deleteTable('in.c-shop.orders');
  const after = await tree();
  expect(changed(widened, after)).toEqual([
    // The table is gone from the list, and from what its extractor writes.
    'ai/catalog/keboola.ex-db-mysql.json',
    'ai/catalog/tables.json',
    'storage/lineage/in.c-shop.json',
    'storage/metadata/in.c-shop/orders.json',
  ]);
  expect(after.has('storage/metadata/in.c-shop/orders.json')).toBe(false);
});

test('the order of the answers does not matter', async () => {
  const before = await tree();
  const [branch] = api.project.branches;
  branch!.tables.reverse();
  branch!.buckets.reverse();
  for (const table of branch!.tables) table.metadata.reverse();
  expect(changed(before, await tree())).toEqual([]);
});
