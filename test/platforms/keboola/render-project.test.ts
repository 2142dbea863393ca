import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Json, JsonObject } from '../../../model/text/json.ts';
import { parseJsonExactly } from '../../../model/text/ordered-json.ts';
import type { GivenPaths } from '../../../model/platform/tree.ts';
import type { RenderOptions } from '../../../platforms/keboola/layout/render-project.ts';
import { TakenPaths } from '../../../platforms/keboola/layout/taken-paths.ts';
import { branch, config, object, project, render, row } from './platform-project.ts';
import { textsOf } from './rendered-texts.ts';

const home = 'configs/main/extractor/ex-generic-v2';

/** The folder of each configuration and row, by id. */
function folders(paths: GivenPaths): Record<string, string> {
  return Object.fromEntries(
    [...paths]
      .filter(([key]) => /^(?:config|row)\//.test(key))
      .map(([key, path]) => [key.split('/').at(-1) ?? '', path.slice(home.length + 1)]),
  );
}

describe('paths', () => {
  test('new objects are numbered in the order of the API', () => {
    const { paths } = render(
      project([config('1', 'Foo'), config('2', 'foo'), config('3', 'FOO!')]),
    );
    expect(folders(paths)).toEqual({ 1: 'foo', 2: 'foo-001', 3: 'foo-002' });
  });

  test('rows are named in the order of their names', () => {
    const rows = [row('r1', 'b'), row('r2', 'a!'), row('r3', 'a')];
    const { paths } = render(project([config('1', 'x', { rows })]));
    expect(folders(paths)).toMatchObject({ r1: 'x/rows/b', r2: 'x/rows/a-001', r3: 'x/rows/a' });
  });

  test('a path stays when new objects appear, and loses a suffix that is no longer needed', () => {
    const first = render(project([config('1', 'foo'), config('2', 'foo')]));
    const newcomer = render(project([config('0', 'foo'), config('1', 'foo'), config('2', 'foo')]), {
      givenPaths: first.paths,
    });
    expect(folders(newcomer.paths)).toEqual({ 0: 'foo-002', 1: 'foo', 2: 'foo-001' });
    const alone = render(project([config('2', 'foo')]), { givenPaths: first.paths });
    expect(folders(alone.paths)).toEqual({ 2: 'foo' });
  });

  test('a path that becomes free goes to what was there first, not to a newcomer', () => {
    const first = render(project([config('1', 'foo'), config('2', 'foo'), config('3', 'foo')]));
    const second = render(project([config('0', 'foo'), config('2', 'foo'), config('3', 'foo')]), {
      givenPaths: first.paths,
    });
    expect(folders(second.paths)).toEqual({ 0: 'foo-002', 2: 'foo', 3: 'foo-001' });
  });

  test.each<[string, Record<string, string>, Record<string, string>]>([
    ['swapped', { 1: 'b', 2: 'a' }, { 1: 'b', 2: 'a' }],
    ['rotated', { 1: 'b', 2: 'c', 3: 'a' }, { 1: 'b', 2: 'c', 3: 'a' }],
    ['the same', { 1: 'b', 2: 'b', 3: 'b' }, { 1: 'b-001', 2: 'b', 3: 'b-002' }],
    [
      'like a suffix of another',
      { 1: 'b 001', 2: 'b', 3: 'b' },
      { 1: 'b-001', 2: 'b', 3: 'b-002' },
    ],
  ])('names may be %s', (_, names, expected) => {
    const first = render(project([config('1', 'a'), config('2', 'b'), config('3', 'c')]));
    const renamed = Object.entries(names).map(([id, name]) => config(id, name));
    const { paths } = render(project(renamed), { givenPaths: first.paths });
    expect(folders(paths)).toEqual(expected);
    expect(folders(render(project(renamed), { givenPaths: paths }).paths)).toEqual(expected);
  });

  test('a path moves when its own object is renamed, and frees its place', () => {
    const first = render(
      project([config('1', 'foo', { rows: [row('r', 'a')] }), config('2', 'bar')]),
    );
    const second = render(
      project([config('1', 'baz', { rows: [row('r', 'a')] }), config('2', 'foo')]),
      {
        givenPaths: first.paths,
      },
    );
    expect(folders(second.paths)).toEqual({ 1: 'baz', 2: 'foo', r: 'baz/rows/a' });
  });

  test('a numbered path stays below a parent that moves', () => {
    const rows = [row('r1', 'a'), row('r2', 'a')];
    const first = render(project([config('1', 'foo', { rows })]));
    const second = render(project([config('1', 'bar', { rows: [...rows].reverse() })]), {
      givenPaths: first.paths,
    });
    expect(folders(second.paths)).toEqual({ 1: 'bar', r1: 'bar/rows/a', r2: 'bar/rows/a-001' });
  });

  test('a name that ends like a suffix is still a name', () => {
    const first = render(project([config('1', 'foo 001')]));
    const second = render(
      project([config('1', 'foo 001'), config('2', 'foo'), config('3', 'foo')]),
      {
        givenPaths: first.paths,
      },
    );
    expect(folders(second.paths)).toEqual({ 1: 'foo-001', 2: 'foo', 3: 'foo-002' });
  });

  test('objects whose names have no slug use their ids', () => {
    const rows = [row('r1', '日本'), row('r2', ''), row('r3', '', object('{"name":"In Content"}'))];
    const { paths } = render(project([config('01AB', '日本', { rows })]));
    expect(folders(paths)).toEqual({
      '01AB': '01AB',
      r1: '01AB/rows/r1',
      r2: '01AB/rows/row',
      r3: '01AB/rows/in-content',
    });
  });

  test('what is only in unlinked/ does not get the path there of what is also in configs/', () => {
    const componentId = 'keboola.python-transformation-v2';
    const content = object('{"parameters":{"blocks":[{"name":"B","more":1}]}}');
    const of = project([
      config('1', 'Same', { componentId, oddContent: null }),
      config('2', 'Same', { componentId, content }),
    ]);
    const { text, warnings } = render(of);
    const place = `unlinked/main/transformation/${componentId}`;
    expect(text(`${place}/same-001/config.json`)).toBe('null\n');
    expect(JSON.parse(text(`${place}/same/config.json`))).toMatchObject({ parameters: {} });
    expect(warnings.filter(({ message }) => message.includes('could not be written'))).toEqual([]);
  });

  test('a long name is cut between characters, with room for a number', () => {
    const name = 'ł'.repeat(200);
    const { paths } = render(project([config('1', name), config('2', name)]));
    expect(folders(paths)).toEqual({ 1: 'ł'.repeat(125), 2: `${'ł'.repeat(125)}-001` });
  });

  test('many objects with the same name are numbered without trying every number', () => {
    const configurations = Array.from({ length: 1_000 }, (_, index) =>
      config(String(index), 'same'),
    );
    const tries = vi.spyOn(TakenPaths.prototype, 'isTaken');
    onTestFinished(() => tries.mockRestore());
    const first = render(project(configurations));
    expect(first.paths.get('config/1000/ex-generic-v2/999')).toBe(`${home}/same-999`);
    // Each object tries the number of the one before it, and its own twice.
    expect(tries.mock.calls.length).toBeLessThan(3.1 * configurations.length);
    tries.mockClear();
    const { paths } = render(project(configurations.slice(1)), { givenPaths: first.paths });
    expect(paths.get('config/1000/ex-generic-v2/999')).toBe(`${home}/same-998`);
    expect(tries.mock.calls.length).toBeLessThan(5.1 * configurations.length);
  });

  test('the order of the API does not matter if no names collide', () => {
    const configurations = ['Alpha', 'Beta 2', 'žluťoučký', 'CamelCase'].map((name, index) =>
      config(String(index), name, {
        rows: ['x', 'y', 'Z'].map((rowName) => row(`${index}${rowName}`, rowName)),
      }),
    );
    const reference = render(project(configurations));
    const shuffled = fc
      .shuffledSubarray(configurations, { minLength: 4 })
      .chain((configs) =>
        fc
          .tuple(...configs.map(({ rows }) => fc.shuffledSubarray(rows, { minLength: 3 })))
          .map((rows) => configs.map((one, index) => ({ ...one, rows: rows[index] ?? [] }))),
      );
    fc.assert(
      fc.property(shuffled, (configs) => {
        const { files } = render(project(configs));
        expect(blobs(files)).toEqual(blobs(reference.files));
      }),
      { numRuns: 50 },
    );
  });
});

function blobs(files: ReadonlyMap<string, { blobId: string }>): Record<string, string> {
  return Object.fromEntries([...files].map(([path, { blobId }]) => [path, blobId]));
}

describe('branches', () => {
  const branches = [
    branch({ id: '1', name: 'Main', isDefault: false }),
    branch({ id: '2', name: 'Anything' }),
    branch({ id: '3', name: 'New pricing', isDefault: false }),
  ];
  const of = project([], { branches, defaultBranchId: '2' });

  test.each<[string[], Partial<RenderOptions>, Record<string, string>]>([
    [['__main__'], {}, { 'branch/2': 'main' }],
    [['3'], {}, { 'branch/3': 'new-pricing' }],
    [['3'], { branchPath: 'main' }, { 'branch/3': 'main' }],
    [['new-*'], {}, { 'branch/3': 'new-pricing' }],
    [['__all__'], {}, { 'branch/2': 'main', 'branch/1': 'main-001', 'branch/3': 'new-pricing' }],
  ])('are chosen by %j with the options %j', (allowedBranches, over, expected) => {
    const { paths } = render(of, { allowedBranches, root: '', ...over });
    expect(Object.fromEntries(paths)).toEqual(expected);
  });

  test('include the description of the project only with its default branch', () => {
    expect(render(of).files.has('configs/description.md')).toBe(true);
    expect(render(of, { allowedBranches: ['3'] }).files.has('configs/description.md')).toBe(false);
  });
});

describe('files', () => {
  test('are the same as those of the CLI', () => {
    const { files, text } = render(
      project([
        config('7', 'My <config>', {
          description: 'What it is \r\n\t\n',
          isDisabled: true,
          content: object('{"10":1,"2":{},"__proto__":[],"a":"<&>"}'),
          metadata: [
            { key: 'b', value: 'old' },
            { key: 'a', value: '1' },
            { key: 'b', value: 'new' },
          ],
          rows: [row('71', 'A row', object('{"x":1.0}'))],
        }),
      ]),
    );
    expect([...files.keys()].filter((path) => !path.startsWith('ai/')).sort()).toEqual([
      'configs/.keboola/manifest.json',
      'configs/.keboola/project.json',
      'configs/description.md',
      'configs/main/description.md',
      `${home}/my-config/config.json`,
      `${home}/my-config/description.md`,
      `${home}/my-config/meta.json`,
      `${home}/my-config/rows/a-row/config.json`,
      `${home}/my-config/rows/a-row/description.md`,
      `${home}/my-config/rows/a-row/meta.json`,
      'configs/main/meta.json',
    ]);
    expect(text(`${home}/my-config/meta.json`)).toBe(
      '{\n  "name": "My \\u003cconfig\\u003e",\n  "isDisabled": true\n}\n',
    );
    expect(text(`${home}/my-config/config.json`)).toBe(
      '{\n  "10": 1,\n  "2": {},\n  "__proto__": [],\n  "a": "\\u003c\\u0026\\u003e"\n}\n',
    );
    expect(text(`${home}/my-config/description.md`)).toBe('What it is\n');
    expect(text(`${home}/my-config/rows/a-row/config.json`)).toBe('{\n  "x": 1\n}\n');
    const manifest = JSON.parse(text('configs/.keboola/manifest.json')) as {
      allowedBranches: unknown;
      configurations: unknown;
    };
    expect(manifest.allowedBranches).toEqual(['__main__']);
    expect(manifest.configurations).toEqual([
      {
        branchId: 1000,
        componentId: 'ex-generic-v2',
        id: '7',
        path: 'extractor/ex-generic-v2/my-config',
        metadata: { a: '1', b: 'new' },
        rows: [{ id: '71', path: 'rows/a-row' }],
      },
    ]);
  });

  test('have the ids that Git gives them, and belong to their objects', () => {
    const { files } = render(project([config('7', 'ž', { rows: [row('71', 'r')] })]));
    for (const { path, content, blobId } of files.values()) {
      const id = execFileSync('git', ['hash-object', '--stdin'], {
        input: content,
        encoding: 'utf8',
      });
      expect(blobId, path).toBe(id.trim());
    }
    expect(files.get(`${home}/z/rows/r/meta.json`)?.owner).toBe('row/1000/ex-generic-v2/7/71');
  });

  test('contain no secret in plain text, and the rendering says where they were', () => {
    const secret = object('{"parameters":{"#password":"hunter2"}}');
    const { files, replacedSecrets } = render(
      project([config('1', 'a', { content: secret, rows: [row('r', 'b', secret)] })]),
    );
    expect(replacedSecrets).toEqual([
      { path: `${home}/a/config.json`, pointer: '/parameters/#password' },
      { path: `${home}/a/rows/b/config.json`, pointer: '/parameters/#password' },
    ]);
    for (const { content } of files.values()) expect(content.toString()).not.toContain('hunter2');
  });

  test('of one bad object are left out with a warning, and all others are written', () => {
    let deep: Json = [];
    for (let depth = 0; depth < 2_000; depth++) deep = [deep];
    const bad = config('1', 'bad', { content: new Map([['deep', deep]]), rows: [row('r', 'r')] });
    const { files, warnings, paths, text } = render(project([bad, config('2', 'good')]));
    expect(files.has(`${home}/good/config.json`)).toBe(true);
    expect([...files.keys()].filter((path) => path.includes('/bad/'))).toEqual([]);
    expect(warnings).toEqual([
      {
        owner: 'config/1000/ex-generic-v2/1',
        message: 'It could not be written: The JSON nests deeper than 1000 levels.',
      },
    ]);
    expect([...paths.keys()]).not.toContain('config/1000/ex-generic-v2/1');
    expect(text('configs/.keboola/manifest.json')).not.toContain('bad');
  });

  test('of an object that is given twice are those of the first one', () => {
    const { warnings, paths } = render(project([config('1', 'a'), config('1', 'b')]));
    expect(folders(paths)).toEqual({ 1: 'a' });
    expect(warnings).toHaveLength(1);
  });

  test('of workspaces are in unlinked/, since the CLI leaves them out', () => {
    const of = project([config('1', 'x', { componentId: 'keboola.sandboxes' })]);
    const { paths } = render(of);
    expect(paths.get('config/1000/keboola.sandboxes/1')).toBe(
      'unlinked/main/other/keboola.sandboxes/x',
    );
    expect(folders(render(of, { root: '' }).paths)).toEqual({});
  });
});

describe('a configuration that is no object', () => {
  test.each<[string, Json]>([
    ['null', null],
    ['a list', [new Map([['#password', 'plain']])]],
    ['an empty list', []],
    ['a text', 'text'],
    ['a number', 7],
  ])('is in unlinked/ with the reason, and everything else where it was: %s', (_name, odd) => {
    const whole = { oddContent: odd, rows: [row('r', 'Row')] };
    const rendering = render(project([config('1', 'Odd', whole), config('2', 'Even')]));
    const texts = textsOf(rendering);
    const path = 'unlinked/main/extractor/ex-generic-v2/odd';
    expect(texts[`${home}/even/config.json`]).toBe('{}\n');
    const written = texts[`${path}/config.json`] ?? '';
    expect(written).not.toContain('plain');
    expect(JSON.parse(written)).toEqual(
      Array.isArray(odd) && odd.length > 0
        ? [{ '#password': expect.stringContaining('left out') as string }]
        : odd,
    );
    expect(texts[`${path}/rows/row/config.json`]).toBe('{}\n');
    expect(texts['unlinked/main/manifest.json']).toContain('is not an object');
    expect(texts['configs/.keboola/manifest.json']).not.toContain('odd');
  });

  test('may also be one of its rows', () => {
    const rows = [row('r', 'Row', new Map(), { oddContent: null })];
    const { paths, files } = render(project([config('1', 'One', { rows })]));
    expect(paths.get('row/1000/ex-generic-v2/1/r')).toBe(
      'unlinked/main/extractor/ex-generic-v2/one/rows/row',
    );
    expect(
      textsOf({ files })['unlinked/main/extractor/ex-generic-v2/one/rows/row/config.json'],
    ).toBe('null\n');
  });
});

describe('numbers that a 64-bit float cannot hold', () => {
  const exactly = (json: string) => {
    const { value, exact } = parseJsonExactly(json);
    return { content: value as JsonObject, ...(exact && { exactNumbers: exact }) };
  };
  const path = 'main/extractor/ex-generic-v2/one';

  test('are rounded as in the CLI, and exact in unlinked/ with the reason', () => {
    const of = (number: string) =>
      project([
        config('1', 'One', {
          ...exactly(`{"id":${number},"list":[1,{"rate":0.1000000000000000055}]}`),
          rows: [row('r', 'Row', new Map(), exactly('{"a":9007199254740993}'))],
        }),
        config('2', 'Two', exactly('{"id":9007199254740992}')),
      ]);
    const { text, unlinked, warnings, files } = render(of('9007199254740993'));
    expect(JSON.parse(text(`configs/${path}/config.json`))).toMatchObject({
      id: 9007199254740992,
      list: [1, { rate: 0.1 }],
    });
    expect(JSON.parse(text(`unlinked/${path}/numbers.json`))).toEqual({
      id: '9007199254740993',
      list: { 1: { rate: '0.1000000000000000055' } },
    });
    expect(JSON.parse(text(`unlinked/${path}/rows/row/numbers.json`))).toEqual({
      a: '9007199254740993',
    });
    expect(files.has(`unlinked/${path}/config.json`)).toBe(false);
    const reasons = ['The Keboola CLI rounds some of its numbers.'];
    expect(unlinked).toEqual([
      { owner: 'config/1000/ex-generic-v2/1', path: `unlinked/${path}/numbers.json`, reasons },
      {
        owner: 'row/1000/ex-generic-v2/1/r',
        path: `unlinked/${path}/rows/row/numbers.json`,
        reasons,
      },
    ]);
    expect(warnings).toHaveLength(2);
    expect(JSON.parse(text('unlinked/main/manifest.json'))).toMatchObject({
      incomplete: [
        { id: '1', path: 'extractor/ex-generic-v2/one/numbers.json', reasons },
        { rowId: 'r' },
      ],
    });
    // A change of nothing but the exact number is a change of a file.
    const other = render(of('9007199254740991.9'));
    const before = blobs(files);
    expect(
      Object.entries(blobs(other.files)).filter(([file, blob]) => before[file] !== blob),
    ).toMatchObject([[`unlinked/${path}/numbers.json`, expect.any(String)]]);
  });

  test('are not written if they are secrets in plain text', () => {
    const secret = exactly(
      '{"#pin":9007199254740993,"a":[{"#b":{"c":9007199254740993}}],"d":1e-400}',
    );
    const { text, files } = render(project([config('1', 'One', secret)]));
    expect(text(`unlinked/${path}/numbers.json`)).toContain('"d": "1e-400"');
    for (const { content } of files.values())
      expect(content.toString()).not.toContain('900719925474099');
  });

  test('and which the CLI cannot read keep only their configuration out of configs/', () => {
    const { text, paths } = render(
      project([
        config('1', 'One', { rows: [row('r', 'Row', new Map(), exactly('{"a":[1e400]}'))] }),
        config('2', 'Two'),
      ]),
    );
    expect(paths.get('config/1000/ex-generic-v2/1')).toBe(`unlinked/${path}`);
    expect(JSON.parse(text(`unlinked/${path}/rows/row/numbers.json`))).toEqual({
      a: { 0: '1e400' },
    });
    expect(text('unlinked/main/manifest.json')).toContain(
      'A number in the configuration of its row r is larger than the Keboola CLI can read.',
    );
    expect(paths.get('config/1000/ex-generic-v2/2')).toBe(`${home}/two`);
  });

  test('may be all that there is', () => {
    const { text } = render(
      project([config('1', 'One', { oddContent: 2 ** 53, exactNumbers: '9007199254740993' })]),
    );
    expect(text(`unlinked/${path}/numbers.json`)).toBe('"9007199254740993"\n');
  });
});

describe('text from the source never leaves the tree', () => {
  test.each([
    ['acme..dots', 'acme..dots'],
    ['Acme.Ex-Caps', 'Acme.Ex-Caps'],
    ['..', 'unnamed'],
    ['a/../../b', 'a-..-..-b'],
    ['.git', 'git'],
  ])('a component id becomes a path segment, unchanged if it is harmless: %s', (id, segment) => {
    const components = [{ id, type: 'other', name: '', flags: [], defaultBucketStage: null }];
    const of = project([config('1', 'One', { componentId: id })], { components });
    expect(render(of).paths.get(`config/1000/${id.replaceAll('/', '%2F')}/1`)).toBe(
      `configs/main/other/${segment}/one`,
    );
  });

  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom(
      '..',
      '.',
      '../..',
      '/etc/passwd',
      '.git',
      '.GIT',
      '.git.',
      '.git ',
      'GIT~1',
      'git~1',
      '.g\u200cit',
      'a/../../b',
    ),
    fc.constantFrom(
      'meta.json',
      'description.md',
      'config.json',
      'rows',
      '.keboola',
      'C:\\x',
      'con',
      'Nul.txt',
      'a\0b',
      'a\nb',
      '',
    ),
  );
  test('whatever ids, types and names the source gives', () => {
    fc.assert(
      fc.property(
        hostile,
        hostile,
        hostile,
        hostile,
        hostile,
        (component, type, id, name, branchName) => {
          const rows = [row(id, name), row(`${id}2`, name)];
          const { files, warnings } = render(
            project([], {
              components: [{ id: component, type, name: '', flags: [], defaultBucketStage: null }],
              branches: [
                branch({
                  id: '5',
                  name: branchName,
                  isDefault: false,
                  configurations: [config(id, name, { componentId: component, rows })],
                  storage: null,
                }),
              ],
            }),
            { allowedBranches: ['5'] },
          );
          // Making names safe does not lose any files. What has no name is in unlinked/, with a list of it.
          const isNamed = name !== '';
          expect(files.size).toBe(2 + 2 + 3 * 3 + 2 + (isNamed ? 0 : 1));
          // Windows' names of devices are only told of.
          const lost = warnings.filter(
            (warning) => !warning.message.includes('A clone on Windows cannot'),
          );
          expect(lost).toHaveLength(isNamed ? 0 : 1);
          const paths = new Set(files.keys());
          for (const path of paths) {
            const segments = path.split('/');
            expect(['configs', 'ai', ...(isNamed ? [] : ['unlinked'])]).toContain(segments[0]);
            for (const [index, segment] of segments.entries()) {
              if (index !== 1 || segment !== '.keboola')
                expect(segment).toMatch(/^[\p{L}\p{N}_×÷][^/\\:~\p{Cc}]*(?<![. ])$/u);
              expect(segment).not.toMatch(/^\.?git(?:~|\.?$)(?<!^git$)/i);
              // No file has the path of a folder.
              expect(paths.has(segments.slice(0, index).join('/'))).toBe(false);
            }
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
