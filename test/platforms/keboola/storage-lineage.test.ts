import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../model/text/json.ts';
import type { Configuration } from '../../../model/platform/project.ts';
import type { ProjectStorage } from '../../../model/platform/storage.ts';
import {
  bucket,
  notedBy,
  provided,
  storage,
  table,
} from '../../support/mirror/platform-storage.ts';
import { branch, config, object, project, render, row } from './platform-project.ts';

const nothing = storage([]);

function renderLineage(configurations: Configuration[], of: ProjectStorage = nothing) {
  return render(project([], { branches: [branch({ configurations, storage: of })] }));
}

/** The edges of a bucket, parsed from their lines. */
function edges(
  configurations: Configuration[],
  of: ProjectStorage,
  bucketId: string,
): Record<string, unknown>[] {
  const text = renderLineage(configurations, of).text(`storage/lineage/${bucketId}.json`);
  if (text === '') return [];
  const parsed = JSON.parse(text) as { bucketId: string; edges: Record<string, unknown>[] };
  expect(parsed.bucketId).toBe(bucketId);
  // There is one line per edge, with three lines before and two after them.
  expect(text.split('\n')).toHaveLength(parsed.edges.length + 3 + 3);
  return parsed.edges;
}

const place = 'configs/main/extractor/ex-generic-v2';

test('the lineage has the mappings of a configuration and of its rows, with their places in the tree', () => {
  const one = config('1', 'One', {
    content: object('{"storage":{"input":{"tables":[{"source":"in.c-a.t","destination":"t"}]}}}'),
    rows: [
      row(
        'r',
        'Row',
        object('{"storage":{"output":{"tables":[{"source":"x","destination":"in.c-a.t"}]}}}'),
      ),
    ],
  });
  expect(edges([one], nothing, 'in.c-a')).toEqual([
    {
      tableId: 'in.c-a.t',
      direction: 'write',
      knownBy: 'output-mapping',
      componentId: 'ex-generic-v2',
      configurationId: '1',
      rowId: 'r',
      path: `${place}/one/rows/row`,
    },
    {
      tableId: 'in.c-a.t',
      direction: 'read',
      knownBy: 'input-mapping',
      componentId: 'ex-generic-v2',
      configurationId: '1',
      path: `${place}/one`,
    },
  ]);
});

test.each([
  ['a default bucket', '{"storage":{"output":{"default_bucket":"in.c-a"}}}', undefined, 'write'],
  ['the input of an old transformation', '{"input":[{"source":"in.c-a.t"}]}', 'in.c-a.t', 'read'],
  [
    'the output of an old transformation',
    '{"output":[{"destination":"in.c-a.t"}]}',
    'in.c-a.t',
    'write',
  ],
  [
    'a task of a flow with its own mapping',
    '{"tasks":[{"task":{"configData":{"storage":{"input":{"tables":[{"source":"in.c-a.t"}]}}}}}]}',
    'in.c-a.t',
    'read',
  ],
  ['a table of an extractor', '{"parameters":{"outputTable":"in.c-a.t"}}', 'in.c-a.t', 'write'],
  [
    'tables of an extractor without rows',
    '{"parameters":{"tables":[{"outputTable":"in.c-a.t"}]}}',
    'in.c-a.t',
    'write',
  ],
  ['a table of a writer', '{"parameters":{"tables":[{"tableId":"in.c-a.t"}]}}', 'in.c-a.t', 'read'],
  ['a bucket of an extractor', '{"parameters":{"outputBucket":"in.c-a"}}', undefined, 'write'],
  [
    'a bucket of the generic extractor',
    '{"parameters":{"config":{"outputBucket":"in.c-a"}}}',
    undefined,
    'write',
  ],
])('the lineage has %s', (_, content, tableId, direction) => {
  const found = edges([config('1', 'One', { content: object(content) })], nothing, 'in.c-a');
  expect(found).toHaveLength(1);
  expect(found[0]!.tableId).toBe(tableId);
  expect(found[0]).toMatchObject({ direction, configurationId: '1', path: `${place}/one` });
});

test('a table that is named twice is one edge, and a mapping takes precedence over a parameter', () => {
  const content = object(
    '{"parameters":{"tables":[{"tableId":"in.c-a.t"}]},' +
      '"storage":{"input":{"tables":[{"source":"in.c-a.t"},{"source":"in.c-a.t","where_column":"x"}]}}}',
  );
  const found = edges([config('1', 'One', { content })], nothing, 'in.c-a');
  expect(found).toMatchObject([{ knownBy: 'input-mapping' }]);
});

test('the lineage has tables that are chosen by their metadata', () => {
  const content = object(
    '{"storage":{"input":{"tables":[{"source_search":{"key":"tag","value":"core"}}]}}}',
  );
  const tagged = table('in.c-a.t', { metadata: provided({ user: { tag: 'core' } }) });
  const other = table('in.c-a.u', { metadata: provided({ user: { tag: 'x' } }) });
  const found = edges([config('1', 'One', { content })], storage([tagged, other]), 'in.c-a');
  expect(found).toMatchObject([{ tableId: 'in.c-a.t', knownBy: 'input-mapping' }]);
});

describe("the platform's metadata of a table", () => {
  const made = table('in.c-a.t', { metadata: notedBy('createdBy', 'ex-generic-v2', '1', 'r') });

  test('names its writer if no mapping does', () => {
    const one = config('1', 'One', { rows: [row('r', 'Row')] });
    expect(edges([one], storage([made]), 'in.c-a')).toEqual([
      {
        tableId: 'in.c-a.t',
        direction: 'write',
        knownBy: 'metadata',
        componentId: 'ex-generic-v2',
        configurationId: '1',
        rowId: 'r',
        path: `${place}/one/rows/row`,
      },
    ]);
  });

  test('is left out if a mapping says the same', () => {
    const content = object('{"storage":{"output":{"tables":[{"destination":"in.c-a.t"}]}}}');
    const found = edges([config('1', 'One', { content })], storage([made]), 'in.c-a');
    expect(found).toMatchObject([{ knownBy: 'output-mapping' }]);
  });

  test('may name a configuration that no longer exists and has no place', () => {
    expect(edges([], storage([made]), 'in.c-a')).toMatchObject([
      { configurationId: '1', path: null },
    ]);
  });

  test('names another configuration that loaded the table, but not the row of a load', () => {
    const loadedBy = (configId: string, rowId: string) =>
      storage([
        table('in.c-a.t', {
          metadata: [
            ...made.metadata,
            ...notedBy('lastUpdatedBy', 'ex-generic-v2', configId, rowId),
          ],
        }),
      ]);
    expect(edges([], loadedBy('1', 'other'), 'in.c-a')).toEqual(
      edges([], storage([made]), 'in.c-a'),
    );
    const byAnother = edges([], loadedBy('2', 'r1'), 'in.c-a');
    expect(byAnother.map(({ configurationId, rowId }) => [configurationId, rowId])).toEqual([
      ['1', 'r'],
      ['2', undefined],
    ]);
    expect(edges([], loadedBy('2', 'r2'), 'in.c-a')).toEqual(byAnother);
  });
});

test('there are edges across projects, and from aliases', () => {
  const of = storage(
    [
      table('in.c-link.t', {
        alias: { tableId: 'out.c-x.t', projectId: '8', followsColumns: true, filter: null },
      }),
      table('out.c-own.view', {
        alias: { tableId: 'in.c-own.t', projectId: null, followsColumns: true, filter: null },
      }),
      table('in.c-own.t'),
    ],
    [
      bucket('in.c-link', {
        source: { projectId: '8', projectName: 'Eight', bucketId: 'out.c-x' },
      }),
      bucket('in.c-own', {
        linkedBy: [{ projectId: '9', projectName: 'Nine', bucketId: 'in.c-theirs' }],
      }),
    ],
  );
  expect(edges([], of, 'in.c-link')).toEqual([
    { direction: 'write', knownBy: 'linked', from: { projectId: '8', bucketId: 'out.c-x' } },
    {
      tableId: 'in.c-link.t',
      direction: 'write',
      knownBy: 'linked',
      from: { projectId: '8', tableId: 'out.c-x.t' },
    },
  ]);
  expect(edges([], of, 'in.c-own')).toEqual([
    { direction: 'read', knownBy: 'linked', to: { projectId: '9', bucketId: 'in.c-theirs' } },
    {
      tableId: 'in.c-own.t',
      direction: 'read',
      knownBy: 'alias',
      to: { tableId: 'out.c-own.view' },
    },
  ]);
  expect(edges([], of, 'out.c-own')).toEqual([
    {
      tableId: 'out.c-own.view',
      direction: 'write',
      knownBy: 'alias',
      from: { tableId: 'in.c-own.t' },
    },
  ]);
});

test('an edge of something disabled says so, since it may write again', () => {
  const content = object('{"parameters":{"outputTable":"in.c-a.t"}}');
  const on = row('r1', 'On', content);
  const off = row('r2', 'Off', content, { isDisabled: true });
  const found = edges([config('1', 'One', { rows: [on, off] })], nothing, 'in.c-a');
  expect(found.map(({ rowId, disabled }) => [rowId, disabled])).toEqual([
    ['r1', undefined],
    ['r2', true],
  ]);
});

test('a configuration that the CLI leaves out is named by its place in unlinked/', () => {
  const sandbox = config('1', 'My', {
    componentId: 'keboola.sandboxes',
    content: object('{"storage":{"input":{"tables":[{"source":"in.c-a.t"}]}}}'),
  });
  expect(String(edges([sandbox], nothing, 'in.c-a')[0]!.path)).toMatch(/^unlinked\/main\//);
});

test('a typing error in a configuration does not move the files of the bucket that was meant', () => {
  const content = object('{"parameters":{"outputTable":"in.C-A.t"}}');
  const { files } = renderLineage([config('1', 'One', { content })], storage([table('in.c-a.t')]));
  const paths = [...files.keys()].filter((path) => path.startsWith('storage/'));
  expect(paths.slice(0, 2)).toEqual([
    'storage/metadata/in.c-a/bucket.json',
    'storage/metadata/in.c-a/t.json',
  ]);
  expect(paths[2]).toMatch(/^storage\/lineage\/in\.C-A-[0-9a-f]{10}\.json$/);
});

test('a new edge adds one line', () => {
  const reader = (id: string) =>
    config(id, `Reader ${id}`, {
      content: object('{"storage":{"input":{"tables":[{"source":"in.c-a.t"}]}}}'),
    });
  const lines = (ids: string[]) =>
    renderLineage(ids.map(reader)).text('storage/lineage/in.c-a.json').split('\n');
  const before = lines(['1', '3']);
  const after = lines(['3', '1', '2']);
  expect(after.filter((line) => !before.includes(line))).toHaveLength(1);
  expect(after).toHaveLength(before.length + 1);
});

test.each([
  ['a file', 'orders.csv'],
  ['a bucket', 'in.c-a'],
  ['a name that is known only when the job runs', 'in.c-a.{{ name }}'],
  ['text', 'in.c-a.t or another'],
  ['a secret', 'KBC::ProjectSecure::eJw='],
  ['another stage', 'tmp.c-a.t'],
  ['a number', 7],
  ['nothing', null],
])('%s is not a table', (_, source) => {
  const content: JsonObject = new Map<string, Json>([
    ['storage', new Map([['input', new Map([['tables', [new Map([['source', source]])]]])]])],
  ]);
  const { files } = renderLineage([config('1', 'One', { content })]);
  expect([...files.keys()].filter((path) => path.startsWith('storage/'))).toEqual([]);
});

describe('any content', () => {
  const mapping = fc.record({ source: fc.constantFrom<Json[]>('in.c-a.t', 'in.c-b.t', 7, 'x') });
  const mappings = fc
    .array(
      mapping.map(({ source }): Json => new Map([['source', source]])),
      { maxLength: 3 },
    )
    .map((list): Json => list);
  const leaf = fc.oneof(
    mappings,
    fc.constantFrom<Json[]>('in.c-a.t', 'in.c-a', 'in.c-b.t', 'x', '', null, 1, true),
    fc.constantFrom('KBC::ProjectSecure::x', 'in.c-a.{{ name }}', 'in.c-a.x y', 'hunter2'),
  );
  const key = fc.constantFrom(
    ...['storage', 'input', 'output', 'tables', 'source', 'destination', 'parameters', 'tasks'],
    ...['outputTable', 'tableId', 'default_bucket', 'source_search', 'key', 'value', 'task'],
  );
  const { json } = fc.letrec<{ json: Json; object: JsonObject }>((tie) => ({
    json: fc.oneof({ maxDepth: 6 }, leaf, fc.array(tie('json'), { maxLength: 3 }), tie('object')),
    object: fc
      .array(fc.tuple(key, tie('json')), { maxLength: 4 })
      .map((entries) => new Map(entries)),
  }));
  const at = (path: string[], value: Json): JsonObject =>
    new Map([[path[0] ?? '', path.length === 1 ? value : at(path.slice(1), value)]]);
  const content = fc
    .tuple(
      json,
      fc.constantFrom('storage', 'storage.input.tables', 'storage.output.tables', 'parameters'),
    )
    .map(([value, path]) => at(path.split('.'), value));

  test('is read without an error, and gives the same files in any order', () => {
    fc.assert(
      fc.property(fc.array(content, { minLength: 2, maxLength: 6 }), (contents) => {
        const all = contents.map((one, index) =>
          config(String(index), `Config ${index}`, {
            content: one,
            rows: [row('r', 'Row', contents.at(-1))],
          }),
        );
        const files = (list: Configuration[]) => {
          const rendering = renderLineage(list);
          return [...rendering.files.values()]
            .filter(({ path }) => path.startsWith('storage/'))
            .map(({ path }) => [path, rendering.text(path)])
            .sort();
        };
        const written = files(all);
        expect(files([...all].reverse())).toEqual(written);
        for (const [, text] of written) {
          JSON.parse(text ?? '');
          expect(text).not.toMatch(/hunter2|KBC::|\{\{/);
        }
      }),
      { numRuns: 300 },
    );
  });
});
