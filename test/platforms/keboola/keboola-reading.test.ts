import { describe, expect, test } from 'vitest';
import { configKey, rowKey, tableKey } from '../../../model/platform/object-key.ts';
import type { NamedObject } from '../../../model/mirror/reading/shown-object.ts';
import type { PlatformProject } from '../../../model/platform/project.ts';
import { renderProject } from '../../../platforms/keboola/layout/render-project.ts';
import { keboolaReading } from '../../../platforms/keboola/reading/keboola-reading.ts';
import { caseProject, keboolaCases } from '../../support/mirror/keboola-cases.ts';
import { storage, table } from '../../support/mirror/platform-storage.ts';
import { treeInMemory } from '../../support/mirror/tree-in-memory.ts';
import { branch, config, object, project, render, row } from './platform-project.ts';
import { textsOf } from './rendered-texts.ts';

const branchId = '1000';

function rendered(of: PlatformProject) {
  const { files, paths } = render(of);
  const tree = treeInMemory(branchId, textsOf({ files }));
  return { files, paths, tree };
}

const mapping = (kind: string, key: string, id: string) =>
  object(`{"storage":{"${kind}":{"tables":[{"${key}":"${id}"}]}}}`);

const shop = project([], {
  branches: [
    branch({
      configurations: [
        config('1', 'Orders', {
          description: 'Where orders come from\nand more',
          rows: [
            row('r1', 'Lines', mapping('output', 'destination', 'in.c-shop.orders')),
            row('r2', 'Other'),
          ],
        }),
        config('2', 'Orders', { content: mapping('input', 'source', 'in.c-shop.orders') }),
        config('3', 'Strange/Name', { componentId: 'my component' }),
      ],
      storage: storage([
        table('in.c-shop.orders'),
        table('in.c-shop.bucket'),
        table('in.c-Čapek.x'),
      ]),
    }),
  ],
});

describe('reading a tree again', () => {
  test('every file belongs to the object that wrote it', async () => {
    const { files, tree } = rendered(shop);
    const places = await keboolaReading.places(tree, ['configs/x']);
    const harmless = [...files.values()].filter(({ owner }) => !/Čapek|my component/.test(owner));
    expect(harmless.length).toBeGreaterThan(15);
    for (const { path, owner } of harmless) {
      // A table whose name needs a digest is found by `describe`.
      if (path.includes('bucket-')) continue;
      expect(places.of(path).key, path).toBe(owner);
    }
  });

  test.skipIf(keboolaCases().length === 0).each(keboolaCases())(
    'and so it is in the CLI case $name',
    async (keboolaCase) => {
      const whole = await caseProject(keboolaCase);
      for (const one of whole.branches) {
        const { files } = renderProject(
          { ...whole, branches: [one] },
          {
            ...{ root: 'configs', secrets: 'encrypted', givenPaths: new Map() },
            allowedBranches: [one.isDefault ? '__main__' : one.id],
          },
        );
        const tree = treeInMemory(one.id, textsOf({ files }));
        const places = await keboolaReading.places(tree, ['configs/x']);
        for (const { path, owner } of files.values())
          if (/^(configs|unlinked)\//.test(path)) expect(places.of(path).key, path).toBe(owner);
      }
    },
  );

  test('configurations, rows, buckets and tables are found by their ids', async () => {
    const { paths, tree } = rendered(shop);
    const of = (component: string, id: string): NamedObject => ({
      kind: 'configuration',
      componentId: component,
      configurationId: id,
    });
    const find = (named: NamedObject) => keboolaReading.find(named, tree);
    for (const [component, id] of [
      ['ex-generic-v2', '1'],
      ['ex-generic-v2', '2'],
      ['my component', '3'],
    ] as const)
      expect(await find(of(component, id))).toBe(paths.get(configKey(branchId, component, id)));
    expect(
      await find({ kind: 'row', componentId: 'ex-generic-v2', configurationId: '1', rowId: 'r1' }),
    ).toBe(paths.get(rowKey(branchId, 'ex-generic-v2', '1', 'r1')));
    expect(await find({ kind: 'table', tableId: 'in.c-shop.orders' })).toBe(
      'storage/metadata/in.c-shop/orders.json',
    );
    for (const tableId of ['in.c-shop.bucket', 'in.c-Čapek.x']) {
      const path = await find({ kind: 'table', tableId });
      expect(path).toMatch(/^storage\/metadata\/.*-[0-9a-f]{10}/);
      const places = await keboolaReading.places(tree, ['configs/x']);
      const facts = await keboolaReading.describe(places.of(path!), tree);
      expect(tableKey('', facts.ids.tableId!)).toBe(tableKey('', tableId));
    }
    expect(await find({ kind: 'bucket', bucketId: 'in.c-Čapek' })).toMatch(/bucket\.json$/);
    for (const none of [
      of('ex-generic-v2', '9'),
      { kind: 'table', tableId: 'in.c-shop.none' } as const,
      { kind: 'table', tableId: '../../configs/main/meta' } as const,
      { kind: 'bucket', bucketId: '' } as const,
    ])
      expect(await find(none)).toBeNull();
  });

  test('a configuration leaves its traces in the files of its catalog, also when there are many', async () => {
    const many = project(
      Array.from({ length: 1_100 }, (_, at) => config(String(at), `Name ${at}`)),
    );
    const { paths, tree } = rendered(many);
    const named: NamedObject = {
      kind: 'configuration',
      componentId: 'ex-generic-v2',
      configurationId: '777',
    };
    expect(await keboolaReading.find(named, tree)).toBe(
      paths.get(configKey(branchId, 'ex-generic-v2', '777')),
    );
    const traces = keboolaReading.traces(named);
    const there = await Promise.all(
      traces.map((path) => tree.read(path, { name: 'text', parse: (text) => text })),
    );
    expect(there.filter((text) => text?.includes('"777"') === true)).toHaveLength(1);
    expect((await keboolaReading.catalog(tree))?.length).toBe(1_100);
  });

  test('the catalog and the lineage say what their files say', async () => {
    const { tree } = rendered(shop);
    const catalog = await keboolaReading.catalog(tree);
    expect(catalog).toContainEqual({
      kind: 'configuration',
      ids: { componentId: 'ex-generic-v2', configurationId: '1' },
      componentName: null,
      name: 'Orders',
      description: 'Where orders come from',
      path: 'configs/main/extractor/ex-generic-v2/orders',
      isDisabled: false,
    });
    expect(catalog?.filter(({ kind }) => kind === 'row')).toHaveLength(2);
    expect(catalog?.filter(({ kind }) => kind === 'table')).toHaveLength(3);
    const edges = await keboolaReading.lineage!(tree);
    expect(edges).toContainEqual(
      expect.objectContaining({
        tableId: 'in.c-shop.orders',
        direction: 'write',
        configuration: expect.objectContaining({ configurationId: '1', rowId: 'r1' }),
      }),
    );
  });

  test('files with anything in them are no failure', async () => {
    const odd = ['', 'null', '[]', '{"branches":7,"configurations":[null,{"id":[]}]}', '[[[['];
    for (const text of odd) {
      const paths = [
        'configs/main/meta.json',
        'ai/catalog/ex.json',
        'storage/lineage/in.c-a.json',
        'storage/metadata/in.c-a/t.json',
      ];
      const tree = treeInMemory('1', Object.fromEntries(paths.map((path) => [path, text])));
      const places = await keboolaReading.places(tree, ['configs/x']);
      for (const path of [...paths, 'configs/main/x/y/z/config.json', 'jobs/x', 'storage/a/b'])
        await keboolaReading.describe(places.of(path), tree);
      expect(await keboolaReading.catalog(tree)).toEqual([]);
      expect(await keboolaReading.lineage!(tree)).toEqual([]);
      expect(await keboolaReading.find({ kind: 'table', tableId: 'in.c-a.t' }, tree)).toBeNull();
    }
  });

  test('runs, summaries and samples are known by their paths', async () => {
    const places = await keboolaReading.places(treeInMemory('1', {}), []);
    expect(places.of('jobs/2026/03/01/10/70.77.json')).toMatchObject({
      kind: 'job-run',
      key: 'job/1/70.77',
      ids: { runId: '70.77' },
    });
    expect(places.of('jobs/2026/03/01/summary.json')).toMatchObject({
      kind: 'job-summary',
      ids: { day: '2026-03-01' },
    });
    for (const path of ['storage/samples/in.c-a/t.csv', 'storage/samples/0f/in.c-a/a0/t.json'])
      expect(places.of(path)).toMatchObject({ kind: 'sample', ids: { tableId: 'in.c-a.t' } });
  });
});
