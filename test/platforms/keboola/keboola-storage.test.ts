import { Agent } from 'undici';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ProjectStorage } from '../../../model/platform/storage.ts';
import { createKeboolaSource } from '../../../platforms/keboola/source/keboola-source.ts';
import { readStorage } from '../../../platforms/keboola/source/read-storage.ts';
import { createStorageApiClient } from '../../../platforms/keboola/source/storage-api-client.ts';
import { FairTraffic } from '../../../platforms/traffic/fair-traffic.ts';
import { startStorageApi, type StorageApi } from '../../../examples/storage-api/storage-api.ts';
import { apiMetadata } from '../../../examples/storage-api/tables.ts';

const dispatcher = new Agent();
const signal = new AbortController().signal;
let api: StorageApi;
beforeEach(async () => {
  api = await startStorageApi();
});
afterEach(() => api.close());
afterAll(() => dispatcher.destroy());

async function read(): Promise<ProjectStorage> {
  const source = createKeboolaSource({
    url: api.url,
    token: api.token,
    dispatcher,
    checkUrl: (url) => new URL(url).href,
    limits: { backoff: { base: 1, max: 20 } },
  });
  const project = await source.readProject(['1000'], { signal });
  return project.branches[0]!.storage!;
}

const typed = apiMetadata({
  storage: {
    'KBC.datatype.type': 'NUMBER',
    'KBC.datatype.length': '38,0',
    'KBC.datatype.nullable': '',
    'KBC.datatype.basetype': 'NUMERIC',
  },
  user: { 'KBC.description': 'The order.' },
});

test('the columns of a typed table are read from the lists, without a call per table', async () => {
  api.putTable('in.c-shop.orders', {
    isTyped: true,
    primaryKey: ['id'],
    columns: ['id', 'note'],
    metadata: apiMetadata({
      'keboola.ex-db-mysql': { 'KBC.description': 'From the component.' },
      user: { 'KBC.description': 'From people.' },
    }),
    columnMetadata: { id: typed },
    rowsCount: 5,
    bucket: { description: 'Shop', sharing: 'organization' },
  });
  const { buckets, tables, problems } = await read();
  expect(problems).toEqual([]);
  expect(buckets).toMatchObject([
    { id: 'in.c-shop', stage: 'in', displayName: 'shop', sharing: 'organization', source: null },
  ]);
  expect(tables).toMatchObject([
    {
      id: 'in.c-shop.orders',
      bucketId: 'in.c-shop',
      description: 'From people.',
      isTyped: true,
      primaryKey: ['id'],
      alias: null,
      volatile: { rowsCount: 5, lastImportedAt: '2025-12-31T23:00:00.000Z' },
    },
  ]);
  expect(tables[0]!.columns).toEqual([
    {
      name: 'id',
      type: 'NUMBER',
      length: '38,0',
      nullable: false,
      default: null,
      baseType: 'NUMERIC',
      description: 'The order.',
      // Metadata is left out if the fields already say the same.
      metadata: [{ provider: 'user', key: 'KBC.description', value: 'The order.' }],
    },
    {
      name: 'note',
      type: null,
      length: null,
      nullable: null,
      default: null,
      baseType: null,
      description: '',
      metadata: [],
    },
  ]);
  expect(api.calls).toMatchObject({ buckets: 1, tables: 1, 'bucket-tables': 0 });
});

test('the types of an untyped table come from one provider, with people before components', async () => {
  api.putTable('in.c-shop.orders', {
    columnMetadata: {
      id: apiMetadata({
        'keboola.ex-db-mysql': { 'KBC.datatype.type': 'varchar', 'KBC.datatype.length': '10' },
        user: { 'KBC.datatype.basetype': 'INTEGER' },
      }),
    },
  });
  const [column] = (await read()).tables[0]!.columns;
  expect(column).toMatchObject({ type: null, length: null, baseType: 'INTEGER' });
  expect(column!.metadata).toHaveLength(3);
});

test('the types of a typed table come from the platform, whatever people say', async () => {
  const columnMetadata = {
    id: [
      ...apiMetadata({ a: { 'KBC.datatype.type': 'x' }, user: { 'KBC.datatype.type': 'DATE' } }),
      ...typed,
    ],
  };
  api.putTable('in.c-shop.orders', { isTyped: true, columnMetadata });
  const [column] = (await read()).tables[0]!.columns;
  expect(column).toMatchObject({ type: 'NUMBER', length: '38,0' });
  expect(column!.metadata.map(({ provider }) => provider)).toEqual(['a', 'user', 'user']);
});

test('linked and shared buckets and aliases name the other project', async () => {
  api.putTable('in.c-rates.daily', {
    bucket: {
      isLinkedBucket: true,
      sourceBucket: { id: 'out.c-fx', name: 'c-fx', project: { id: 578, name: 'Treasury' } },
    },
    isAlias: true,
    isTyped: true,
    sourceTable: {
      id: 'out.c-fx.daily',
      project: { id: 578, name: 'Treasury' },
      metadata: apiMetadata({ user: { 'KBC.description': 'Rates by day.' } }),
      columnMetadata: { id: typed },
    },
    aliasColumnsAutoSync: true,
  });
  api.putTable('in.c-shop.orders', {
    bucket: {
      linkedBy: [{ id: 'in.c-them', created: 'x', project: { id: 321, name: 'Marketing' } }],
    },
  });
  api.putTable('out.c-view.big', {
    isAlias: true,
    sourceTable: { id: 'in.c-shop.orders', project: { id: 12345, name: 'Shop' } },
    aliasColumnsAutoSync: false,
    aliasFilter: { column: 'amount', operator: 'ne', values: ['0'] },
  });
  const { buckets, tables, problems } = await read();
  expect(problems).toEqual([]);
  expect(buckets[0]!.source).toEqual({
    projectId: '578',
    projectName: 'Treasury',
    bucketId: 'out.c-fx',
  });
  expect(buckets[1]!.linkedBy).toEqual([
    { projectId: '321', projectName: 'Marketing', bucketId: 'in.c-them' },
  ]);
  expect(tables[0]).toMatchObject({
    description: 'Rates by day.',
    alias: { tableId: 'out.c-fx.daily', projectId: '578', followsColumns: true, filter: null },
    columns: [{ name: 'id', type: 'NUMBER', description: 'The order.', metadata: [] }],
  });
  expect(tables[2]!.alias).toEqual({
    tableId: 'in.c-shop.orders',
    projectId: null,
    followsColumns: false,
    filter: new Map<string, unknown>([
      ['column', 'amount'],
      ['operator', 'ne'],
      ['values', ['0']],
    ]),
  });
});

test('anything with an unexpected shape is left out and noted, and everything else is read', async () => {
  const tables = [
    'no table',
    { name: 'without an id' },
    {
      id: 'in.c-a.broken',
      columns: 'id',
      primaryKey: [1, 'id'],
      metadata: { a: 1 },
      isTyped: 'no',
    },
    {
      id: 'in.c-a.strange',
      sourceTable: 'x',
      columnMetadata: 'y',
      columns: ['id'],
      rowsCount: '9',
    },
    { id: 'in.c-a.good', columns: ['id'], columnMetadata: [] },
  ];
  api.disturb({ endpoint: 'tables', body: JSON.stringify(tables) });
  api.disturb({
    endpoint: 'buckets',
    body: JSON.stringify([null, { id: 'in.c-a', linkedBy: [{ id: 'x' }], sourceBucket: 7 }]),
  });
  const storage = await read();
  expect(storage.buckets).toMatchObject([{ id: 'in.c-a', linkedBy: [], source: null }]);
  expect(storage.tables.map(({ id }) => id)).toEqual([
    'in.c-a.broken',
    'in.c-a.strange',
    'in.c-a.good',
  ]);
  expect(storage.tables[0]).toMatchObject({ columns: [], primaryKey: ['id'], isTyped: false });
  expect(storage.problems.map(({ id }) => id).sort()).toEqual([
    '',
    'in.c-a',
    'in.c-a.broken',
    'in.c-a.strange',
  ]);
});

describe('more tables than one answer holds', () => {
  const client = () =>
    createStorageApiClient({
      url: new URL(api.url),
      token: api.token,
      dispatcher,
      trafficTo: (url) => new FairTraffic().of(url, '12345'),
      limits: { timeout: 5_000, attempts: 2, backoff: { base: 1, max: 1 }, maxBytes: 1_000_000 },
    });
  const options = { branchPath: '/branch/1000', projectId: '12345', signal, maxBytes: 4_000 };

  test('are requested bucket by bucket, and are the same', async () => {
    for (let table = 0; table < 30; table++) api.putTable(`in.c-b${table % 6}.t${table}`);
    const all = await readStorage(client(), { ...options, maxBytes: undefined });
    expect(api.calls).toMatchObject({ buckets: 1, tables: 1, 'bucket-tables': 0 });
    api.resetCalls();
    const parts = await readStorage(client(), options);
    expect(api.calls).toMatchObject({ buckets: 1, tables: 1, 'bucket-tables': 6 });
    const byId = ({ tables }: ProjectStorage) => new Map(tables.map((one) => [one.id, one]));
    expect(byId(parts)).toEqual(byId(all));
  });

  test('are those of the other buckets if one is deleted in the meantime', async () => {
    for (let table = 0; table < 30; table++) api.putTable(`in.c-b${table % 6}.t${table}`);
    api.disturb({ endpoint: 'bucket-tables', status: 404, times: 1 });
    expect((await readStorage(client(), options)).tables).toHaveLength(25);
  });
});

test('an answer without any list is a failure, so that nothing disappears because of it', async () => {
  api.disturb({ endpoint: 'tables', body: '{"error":"maintenance"}' });
  await expect(read()).rejects.toMatchObject({ code: 'source_invalid' });
});
