import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tableKey } from '../../../model/platform/object-key.ts';
import { parseJson } from '../../../model/text/ordered-json.ts';
import type { ProjectStorage, Table } from '../../../model/platform/storage.ts';
import type { RenderOptions } from '../../../platforms/keboola/layout/render-project.ts';
import { bucket, column, provided, storage, table } from '../../support/mirror/platform-storage.ts';
import { branch, project, render } from './platform-project.ts';

function renderStorage(of: ProjectStorage, over: Partial<RenderOptions> = {}) {
  return render(project([], { branches: [branch({ storage: of })] }), over);
}

/** Paths below `storage/metadata`. */
function metadataPaths(files: ReadonlyMap<string, unknown>): string[] {
  return [...files.keys()]
    .filter((path) => path.startsWith('storage/metadata/'))
    .map((path) => path.slice('storage/metadata/'.length))
    .sort();
}

describe('the metadata', () => {
  const orders = table('in.c-shop.orders', {
    isTyped: true,
    description: 'All orders.',
    primaryKey: ['id'],
    columns: [
      column('id', { type: 'NUMBER', length: '38,0', nullable: false, baseType: 'NUMERIC' }),
      column('note', {
        description: 'Free text.',
        metadata: provided({ user: { 'KBC.description': 'Free text.', pii: 'yes' } }),
      }),
    ],
    metadata: provided({
      system: { 'KBC.createdBy.component.id': 'x', 'KBC.lastUpdatedBy.component.id': 'y' },
      'a.component': { b: '2', a: '1' },
    }),
  });

  test('of a table describes it in a fixed order, without what a load changes', () => {
    const { text } = renderStorage(storage([orders]));
    expect(text('storage/metadata/in.c-shop/orders.json')).toMatchInlineSnapshot(`
      "{
        "id": "in.c-shop.orders",
        "bucketId": "in.c-shop",
        "name": "orders",
        "displayName": "orders",
        "kind": "table",
        "description": "All orders.",
        "isTyped": true,
        "primaryKey": [
          "id"
        ],
        "columns": [
          {
            "name": "id",
            "type": "NUMBER",
            "length": "38,0",
            "nullable": false,
            "baseType": "NUMERIC"
          },
          {
            "name": "note",
            "description": "Free text.",
            "metadata": {
              "user": {
                "pii": "yes"
              }
            }
          }
        ],
        "metadata": {
          "a.component": {
            "a": "1",
            "b": "2"
          },
          "system": {
            "KBC.createdBy.component.id": "x"
          }
        }
      }
      "
    `);
  });

  test('of a bucket says how it is shared and who links to it, in a fixed order', () => {
    const shared = bucket('out.c-x', {
      description: 'Figures.',
      sharing: 'organization',
      linkedBy: [
        { projectId: '9', projectName: 'B', bucketId: 'in.c-b' },
        { projectId: '8', projectName: 'A', bucketId: 'in.c-a' },
      ],
    });
    const { text } = renderStorage(storage([], [shared]));
    expect(text('storage/metadata/out.c-x/bucket.json')).toMatchInlineSnapshot(`
      "{
        "id": "out.c-x",
        "name": "c-x",
        "displayName": "c-x",
        "stage": "out",
        "description": "Figures.",
        "backend": "snowflake",
        "sharing": "organization",
        "linkedBy": [
          {
            "projectId": "8",
            "projectName": "A",
            "bucketId": "in.c-a"
          },
          {
            "projectId": "9",
            "projectName": "B",
            "bucketId": "in.c-b"
          }
        ]
      }
      "
    `);
  });

  test('includes rows, sizes, times and who loaded last only if the mirror wants them', () => {
    const { text } = renderStorage(storage([orders]), { storage: { volatile: true } });
    const written = text('storage/metadata/in.c-shop/orders.json');
    expect(written).toContain('"rowsCount": 10');
    expect(written).toContain('"lastImportedAt": "2026-05-01T00:00:00.000Z"');
    expect(written).toContain('"KBC.lastUpdatedBy.component.id": "y"');
    expect(text('storage/metadata/in.c-shop/bucket.json')).toContain('"dataSizeBytes": 1024');
  });

  test('of an alias says what it stands for', () => {
    const { text } = renderStorage(
      storage([
        table('in.c-a.view', {
          alias: {
            tableId: 'out.c-b.t',
            projectId: '7',
            followsColumns: true,
            filter: parseJson('{"column":"a","operator":"eq","values":["1"]}') as never,
          },
        }),
      ]),
    );
    const written = parseJson(text('storage/metadata/in.c-a/view.json')) as Map<string, unknown>;
    expect(JSON.stringify([...(written.get('alias') as Map<string, unknown>).keys()])).toBe(
      '["tableId","projectId","followsColumns","filter"]',
    );
  });

  test('leaves out and reports a value in plain text under a key that must be secret', () => {
    const { text, replacedSecrets } = renderStorage(
      storage([
        table('in.c-a.t', {
          metadata: provided({ user: { '#token': 'hunter2', note: '{"#a":1}' } }),
        }),
      ]),
    );
    expect(text('storage/metadata/in.c-a/t.json')).not.toContain('hunter2');
    expect(replacedSecrets).toEqual([
      { path: 'storage/metadata/in.c-a/t.json', pointer: '/metadata/user/#token' },
    ]);
  });

  test('does not exist if storage was not read, or if the layout is the top of the tree', () => {
    expect([...render(project([])).files.keys()].join()).not.toContain('storage/');
    const { files } = renderStorage(storage([orders]), { root: '' });
    expect([...files.keys()].join()).not.toContain('storage/');
  });

  test('causes a warning for each object that could not be understood', () => {
    const { warnings } = renderStorage({
      ...storage([orders]),
      problems: [
        { id: orders.id, message: '/0/columns is not an array' },
        { id: '', message: '/7 is not an object' },
      ],
    });
    expect(warnings.map(({ owner }) => owner)).toEqual([
      tableKey('1000', orders.id),
      'branch/1000',
    ]);
    expect(warnings[0]!.message).toContain('/0/columns is not an array');
  });

  test('stays the same after an import', () => {
    const before = renderStorage(storage([orders]));
    const volatile = { ...orders.volatile, rowsCount: 99, lastImportedAt: '2027-01-01T00:00:00Z' };
    const metadata = orders.metadata.map((entry) =>
      entry.key.startsWith('KBC.lastUpdatedBy.') ? { ...entry, value: 'another' } : entry,
    );
    const loaded = { ...orders, volatile, metadata };
    const holder = bucket('in.c-shop', {
      volatile: { rowsCount: 99, dataSizeBytes: 1, lastChangedAt: '2027-01-01T00:00:00Z' },
    });
    const after = renderStorage(storage([loaded], [holder]));
    expect(blobs(after)).toEqual(blobs(before));
    const on = { storage: { volatile: true } };
    expect(blobs(renderStorage(storage([loaded], [holder]), on))).not.toEqual(
      blobs(renderStorage(storage([orders]), on)),
    );
  });
});

describe('names', () => {
  const named = (names: string[]) =>
    metadataPaths(renderStorage(storage(names.map((name) => table(`in.c-a.${name}`)))).files);

  test.each([
    ['an id that is harmless', ['orders', 'Big_table-2'], ['Big_table-2.json', 'orders.json']],
    ['a table that is called like our own file', ['bucket'], [/^bucket-[0-9a-f]{10}\.json$/]],
    [
      'names of devices',
      ['con', 'aux.x'],
      [/^aux.x-[0-9a-f]{10}\.json$/, /^con-[0-9a-f]{10}\.json$/],
    ],
    ['a name that leaves the folder', ['../../x'], [/^x-[0-9a-f]{10}\.json$/]],
    ['names of Git', ['.git', 'git~1'], [/^git-1-[0-9a-f]{10}\.json$/, /^git-[0-9a-f]{10}\.json$/]],
    ['a name that is too long', ['x'.repeat(400)], [/^x{150}-[0-9a-f]{10}\.json$/]],
  ])('are made safe if necessary: %s', (_, ids, expected) => {
    const written = named(ids).filter((path) => path !== 'in.c-a/bucket.json');
    expect(written).toHaveLength(expected.length);
    for (const [index, path] of written.entries()) {
      expect(path.slice(0, 'in.c-a/'.length)).toBe('in.c-a/');
      const name = path.slice('in.c-a/'.length);
      const pattern = expected[index]!;
      if (typeof pattern === 'string') expect(name).toBe(pattern);
      else expect(name).toMatch(pattern);
    }
  });

  test('never differ only in upper and lower case, whatever the order', () => {
    const expected = ['in.c-a/Orders.json', expect.stringMatching(/^in\.c-a\/orders-[0-9a-f]{10}/)];
    for (const ids of [
      ['orders', 'Orders'],
      ['Orders', 'orders'],
    ]) {
      expect(named(ids).filter((path) => !path.endsWith('bucket.json'))).toEqual(expected);
    }
  });
});

describe('a bucket with very many tables', () => {
  const many = (count: number) =>
    storage(Array.from({ length: count }, (_, index) => table(`in.c-big.t${index}`)));
  const isSplit = (files: ReadonlyMap<string, unknown>) =>
    metadataPaths(files).some((path) => /^in\.c-big\/[0-9a-f]{2}\//.test(path));

  test('has no folder with more than 3,000 entries', () => {
    expect(isSplit(renderStorage(many(2_999)).files)).toBe(false);
    const { files } = renderStorage(many(3_000));
    expect(isSplit(files)).toBe(true);
    expect(files.has('storage/metadata/in.c-big/bucket.json')).toBe(true);
    const entries = new Map<string, Set<string>>();
    for (const path of files.keys()) {
      const parts = path.split('/');
      for (let depth = 1; depth < parts.length; depth++) {
        const folder = parts.slice(0, depth).join('/');
        entries.set(folder, (entries.get(folder) ?? new Set()).add(parts[depth] ?? ''));
      }
    }
    expect(Math.max(...[...entries.values()].map((names) => names.size))).toBeLessThanOrEqual(
      3_000,
    );
  });

  test('does not switch back and forth near the limit', () => {
    const { paths } = renderStorage(many(3_000));
    expect(isSplit(renderStorage(many(2_500), { givenPaths: paths }).files)).toBe(true);
    expect(isSplit(renderStorage(many(1_900), { givenPaths: paths }).files)).toBe(false);
    expect(isSplit(renderStorage(many(2_500)).files)).toBe(false);
  });
});

test('very many buckets are split as well, and stay split', () => {
  const many = (count: number) =>
    storage(
      [],
      Array.from({ length: count }, (_, index) => bucket(`in.c-b${index}`)),
    );
  const { files, paths } = renderStorage(many(3_001));
  expect(metadataPaths(files)[0]).toMatch(/^[0-9a-f]{2}\/in\.c-b[0-9]+\/bucket\.json$/);
  const fewer = renderStorage(many(2_500), { givenPaths: paths });
  expect(metadataPaths(fewer.files)[0]).toMatch(/^[0-9a-f]{2}\//);
});

describe('any storage', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom('a', 'A', 'bucket', '..', '.git', '__proto__', '#x', 'in.c-a.t', 'a/b'),
  );
  const entries = fc.uniqueArray(fc.record({ provider: text, key: text, value: text }), {
    selector: ({ provider, key }) => JSON.stringify([provider, key]),
    maxLength: 4,
  });
  const anyTable: fc.Arbitrary<Table> = fc
    .record({
      bucketName: text,
      name: text,
      description: text,
      metadata: entries,
      columns: fc.array(text, { maxLength: 3 }),
    })
    .map(({ bucketName, name, columns, ...over }) => ({
      ...table(`in.${bucketName}.${name}`, over),
      bucketId: `in.${bucketName}`,
      columns: columns.map((one) => column(one)),
    }));
  const tables = fc.uniqueArray(anyTable, { selector: ({ id }) => id, maxLength: 12 });

  test('gives the same tree in any order, without an error, and never leaves its folder', () => {
    fc.assert(
      fc.property(tables, fc.infiniteStream(fc.nat()), (some, random) => {
        const shuffle = <T>(list: readonly T[]): T[] =>
          list
            .map((item) => ({ item, rank: random.next().value as number }))
            .sort((a, b) => a.rank - b.rank)
            .map(({ item }) => item);
        const of = storage(some);
        const first = renderStorage(of);
        const second = renderStorage({
          buckets: shuffle(of.buckets),
          tables: shuffle(of.tables).map((one) => ({ ...one, metadata: shuffle(one.metadata) })),
          problems: [],
        });
        expect(blobs(second)).toEqual(blobs(first));
        expect(first.warnings).toEqual([]);
        expect(metadataPaths(first.files)).toHaveLength(of.tables.length + of.buckets.length);
        for (const path of first.files.keys()) {
          expect(path).not.toMatch(/(^|\/)(\.|\.\.|\.git|)(\/|$)/i);
          if (path.startsWith('storage/')) expect(path).toMatch(/^[A-Za-z0-9._/-]+$/);
        }
        const lower = [...first.files.keys()].map((path) => path.toLowerCase());
        expect(new Set(lower).size).toBe(lower.length);
      }),
      { numRuns: 150 },
    );
  });
});

function blobs({
  files,
}: {
  files: ReadonlyMap<string, { blobId: string }>;
}): Record<string, string> {
  return Object.fromEntries(
    [...files].map(([path, { blobId }]): [string, string] => [path, blobId]).sort(),
  );
}
