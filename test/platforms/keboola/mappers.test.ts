import { describe, expect, test } from 'vitest';
import { clearPlaceholder, encryptedPlaceholder } from '../../../platforms/tree/secrets.ts';
import { branch, config, object, project, render, row } from './platform-project.ts';
import { textsOf } from './rendered-texts.ts';

const python = 'keboola.python-transformation-v2';
const home = 'configs/main';

/** A transformation with one block, which has one code. */
function transformation(componentId: string, script: unknown, more: Record<string, unknown> = {}) {
  const blocks = [{ name: 'Block', codes: [{ name: 'Code', script }] }];
  const content = object(JSON.stringify({ parameters: { blocks }, ...more }));
  return config('t', 'T', { componentId, content });
}

function variablesOf(id: string, name = 'Vars') {
  return config(id, name, {
    componentId: 'keboola.variables',
    content: object('{"variables":[]}'),
    rows: [row('v1', 'Mine', object('{"values":[]}')), row('v2', 'Other', object('{}'))],
  });
}

function schedule(id: string, name: string, target: string) {
  return config(id, name, {
    componentId: 'keboola.scheduler',
    content: object(`{"target":{"componentId":"ex-generic-v2","configurationId":"${target}"}}`),
  });
}

function orchestration(content: unknown) {
  return config('o', 'Flow', {
    componentId: 'keboola.orchestrator',
    content: object(JSON.stringify(content)),
  });
}

describe('code', () => {
  test.each<[string, unknown, string, string]>([
    [python, ['a \n', 'b\t'], 'code.py', 'a\nb\n'],
    ['keboola.snowflake-transformation', ['a; \n', 'b;'], 'code.sql', 'a;\n\nb;\n'],
    ['keboola.r-transformation', 'a\nb\r\n', 'code.r', 'a\nb\n'],
    ['keboola.new-language', [], 'code.txt', '\n'],
    [python, null, 'code.py', '\n'],
  ])('of %s as %j is written to a file', (componentId, script, file, text) => {
    const { text: of, warnings } = render(project([transformation(componentId, script)]));
    const folder = `${home}/transformation/${componentId}/t`;
    expect(of(`${folder}/blocks/001-block/001-code/${file}`)).toBe(text);
    expect(of(`${folder}/blocks/001-block/meta.json`)).toBe('{\n  "name": "Block"\n}\n');
    expect(of(`${folder}/config.json`)).toBe('{\n  "parameters": {}\n}\n');
    expect(warnings).toEqual([]);
  });

  test('may have names in any script and of any length, and the same name twice', () => {
    const codes = ['日本', 'x'.repeat(300), 'same', 'same'].map((name) => ({ name, script: [] }));
    const content = object(JSON.stringify({ parameters: { blocks: [{ name: 'B', codes }] } }));
    const { files } = render(project([config('t', 'T', { componentId: python, content })]));
    const folders = [...files.keys()].flatMap(
      (path) => /\/001-b\/(.+)\/code\.py$/.exec(path)?.[1] ?? [],
    );
    expect(folders).toEqual(['001-', `002-${'x'.repeat(247)}`, '003-same', '004-same']);
  });

  test.each([
    '{"parameters":{"blocks":["text"]}}',
    '{"parameters":{"blocks":[{"codes":[]}]}}',
    '{"parameters":{"blocks":[{"name":"B","codes":{"a":1}}]}}',
    '{"parameters":{"blocks":[{"name":"B","codes":[{"name":"C","script":[1]}]}]}}',
    '{"parameters":{"blocks":[null]}}',
    '{"parameters":{"blocks":[{"name":"B","codes":[null]}]}}',
    '{"parameters":{"blocks":[{"name":"B","codes":[{"script":[]}]}]}}',
    '{"parameters":{"blocks":[{"name":"B","codes":[{"name":"C","script":1}]}]}}',
    '{"parameters":{"blocks":[{"name":"B","NAME":7}]}}',
  ])('that the CLI cannot read is in unlinked/ with its configuration: %s', (json) => {
    const odd = config('t', 'T', { componentId: python, content: object(json) });
    const { files, text, warnings } = render(project([odd, config('1', 'Good')]));
    const path = `main/transformation/${python}/t`;
    expect(JSON.parse(text(`unlinked/${path}/config.json`))).toEqual(JSON.parse(json));
    expect([...files.keys()].filter((one) => one.startsWith(`configs/${path}`))).toEqual([]);
    expect(warnings).toMatchObject([{ owner: `config/1000/${python}/t` }]);
    expect(warnings[0]?.message).toMatch(/It is in unlinked\/\.$/);
    expect(files.has(`${home}/extractor/ex-generic-v2/good/config.json`)).toBe(true);
  });

  test('may have its keys in any case, of which the last one counts', () => {
    const json = `{"parameters":{"blocks":[
      {"name":"x","NAME":"B","name ":1,"Codes":[{"NAME":"C","name":null,"script":"x","\u017fcript":"y"}]}]}}`;
    const of = config('t', 'T', { componentId: python, content: object(json) });
    const { text } = render(project([of]));
    const path = `main/transformation/${python}/t`;
    expect(text(`configs/${path}/blocks/001-b/001-c/code.py`)).toBe('y\n');
    expect(JSON.parse(text(`unlinked/${path}/config.json`))).toEqual(JSON.parse(json));
  });

  test.each(['{}', '{"parameters":[]}', '{"parameters":{"blocks":null}}'])(
    'may be missing: %s',
    (json) => {
      const empty = config('t', 'T', { componentId: python, content: object(json) });
      const { files, text, warnings } = render(project([empty]));
      const folder = `${home}/transformation/${python}/t`;
      expect(text(`${folder}/config.json`)).toBe('{\n  "parameters": {}\n}\n');
      expect(files.get(`${folder}/blocks/.gitkeep`)?.content).toHaveLength(0);
      expect(warnings).toEqual([]);
    },
  );

  test.each(['{"parameters":"text"}', '{"parameters":{"blocks":{"a":1}}}'])(
    'that is not a list is left out, and is complete in unlinked/: %s',
    (json) => {
      const odd = config('t', 'T', { componentId: python, content: object(json) });
      const { files, text, warnings } = render(project([odd]));
      const path = `main/transformation/${python}/t`;
      expect(text(`configs/${path}/config.json`)).toBe('{\n  "parameters": {}\n}\n');
      expect(files.get(`configs/${path}/blocks/.gitkeep`)?.content).toHaveLength(0);
      expect(JSON.parse(text(`unlinked/${path}/config.json`))).toEqual(JSON.parse(json));
      expect(warnings).toHaveLength(1);
    },
  );

  test('with anything besides names and scripts is complete in unlinked/', () => {
    const blocks = [{ name: 'B', codes: [], disabled: true }];
    const content = object(JSON.stringify({ parameters: { blocks } }));
    const { text, unlinked } = render(
      project([config('t', 'T', { componentId: python, content })]),
    );
    const path = `unlinked/main/transformation/${python}/t/config.json`;
    expect(JSON.parse(text(path))).toEqual({ parameters: { blocks } });
    expect(unlinked).toMatchObject([{ owner: `config/1000/${python}/t`, path }]);
  });

  test('of the custom Python application is in config.json and in a file', () => {
    const componentId = 'kds-team.app-custom-python';
    const of = (id: string, json: string) => config(id, id, { componentId, content: object(json) });
    const odd = [
      '{"parameters":{"code":[1]}}',
      '{"parameters":{"code":null}}',
      '{"parameters":[]}',
    ];
    const { paths, text, warnings } = render(
      project([
        of('a', '{"parameters":{"code":"x \\n\\n"}}'),
        of('b', '{}'),
        of('b2', '{"parameters":{}}'),
        ...odd.map((json, index) => of(`c${index}`, json)),
      ]),
    );
    const folder = `${home}/application/${componentId}`;
    expect(text(`${folder}/a/code.py`)).toBe('x \n\n');
    expect(text(`${folder}/a/config.json`)).toContain('"code": "x \\n\\n"');
    expect(text(`${folder}/b/code.py`)).toBe('');
    expect(text(`${folder}/b2/code.py`)).toBe('');
    for (const [index, json] of odd.entries()) {
      const path = paths.get(`config/1000/${componentId}/c${index}`) ?? '';
      expect(path).toBe(`unlinked/main/application/${componentId}/c${index}`);
      expect(JSON.parse(text(`${path}/config.json`))).toEqual(JSON.parse(json));
    }
    expect(warnings).toHaveLength(odd.length);
  });
});

describe('shared code', () => {
  const shared = (over = {}) =>
    config('s', 'Shared', {
      componentId: 'keboola.shared-code',
      content: object(`{"componentId":"${python}","x":1}`),
      rows: [
        row('r1', 'My code', object('{"code_content":["a ",1,true,null,-0.00000012,1.5e21]}')),
        row('r2', 'Disabled', object('{"code_content":"b\\n","y":2}'), { isDisabled: true }),
        row('r3', 'Odd', object('{"code_content":[{"z":1},"c"]}')),
      ],
      ...over,
    });
  const folder = `${home}/_shared/${python}`;

  test('is a folder for its component, with a file for each code', () => {
    const { text, warnings } = render(project([shared()]));
    expect(text(`${folder}/config.json`)).toBe(`{\n  "x": 1,\n  "componentId": "${python}"\n}\n`);
    expect(text(`${folder}/codes/my-code/code.py`)).toBe(
      'a\n1\ntrue\n\n-0.00000012\n1500000000000000000000\n',
    );
    expect(text(`${folder}/codes/my-code/meta.json`)).toBe('{\n  "name": "My code"\n}\n');
    expect(text(`${folder}/codes/my-code/config.json`)).toBe('{}\n');
    expect(text(`${folder}/codes/disabled/meta.json`)).toContain('"isDisabled": true');
    expect(text(`${folder}/codes/disabled/config.json`)).toBe('{\n  "y": 2\n}\n');
    expect(text(`${folder}/codes/odd/code.py`)).toBe('\nc\n');
    const odd = `unlinked/main/_shared/${python}/codes/odd/config.json`;
    expect(JSON.parse(text(odd))).toEqual({ code_content: [{ z: 1 }, 'c'] });
    expect(warnings.map(({ owner }) => owner)).toEqual(['row/1000/keboola.shared-code/s/r3']);
  });

  test.each([
    ['no component', '{}', 0],
    ['what is no component', '{"componentId":[1]}', 1],
  ])('that names %s has a folder for none', (_, content, warned) => {
    const codes = shared({ content: object(content) });
    const second = shared({ id: 's2', content: object(content), rows: [] });
    const { text, warnings } = render(project([codes, second]));
    const odd = `${home}/_shared`;
    expect(text(`${odd}/config.json`)).toBe('{}\n');
    expect(JSON.parse(text(`${odd}/codes/disabled/config.json`))).toEqual({
      code_content: 'b\n',
      y: 2,
    });
    const { configurations } = JSON.parse(text('configs/.keboola/manifest.json')) as {
      configurations: { path: string }[];
    };
    expect(configurations.map(({ path }) => path)).toEqual(['_shared/', '_shared/001']);
    expect(warnings).toHaveLength(2 * warned);
    if (warned > 0)
      expect(JSON.parse(text('unlinked/main/_shared/config.json'))).toEqual(JSON.parse(content));
  });

  test.each([
    ['names a component without an id', '{"componentId":""}', '{"code_content":"x"}'],
    ['has a row without code', `{"componentId":"${python}"}`, '{}'],
    ['has a row whose code is an object', `{"componentId":"${python}"}`, '{"code_content":{}}'],
  ])('that %s is in unlinked/, since the CLI cannot read it', (_, content, rowContent) => {
    const rows = [
      row('r1', 'Row', object(rowContent)),
      row('r2', 'B', object('{"code_content":""}')),
    ];
    const { paths, text } = render(project([shared({ content: object(content), rows })]));
    const path = paths.get('config/1000/keboola.shared-code/s') ?? '';
    expect(path).toBe('unlinked/main/other/keboola.shared-code/shared');
    expect(JSON.parse(text(`${path}/rows/row/config.json`))).toEqual(JSON.parse(rowContent));
  });

  test('that exists twice for one component has two folders', () => {
    const { paths } = render(project([shared(), shared({ id: 's2' })]));
    expect(paths.get('config/1000/keboola.shared-code/s2')).toBe(
      `${home}/_shared/keboola-python-transformation-v2-001`,
    );
  });

  const ofCode = object('{"code_content":"x"}');
  const consumer = (script: unknown, more: object) =>
    transformation(python, script, {
      a: 1,
      shared_code_id: 's',
      shared_code_row_ids: ['r1'],
      ...more,
    });
  const consumerFolder = `${home}/transformation/${python}/t`;
  const code = `${consumerFolder}/blocks/001-block/001-code/code.py`;

  test('is named by its path where it is used, even after its name has changed', () => {
    const of = (name: string) =>
      project([consumer(['x', ' {{r1}}\n'], {}), shared({ rows: [row('r1', name, ofCode)] })]);
    const first = render(of('My code'));
    expect(first.text(code)).toBe('x\n# {{:codes/my-code}}\n');
    expect(first.text(`${consumerFolder}/config.json`)).toBe(
      `{\n  "parameters": {},\n  "a": 1,\n  "shared_code_path": "_shared/${python}"\n}\n`,
    );
    expect(first.warnings).toEqual([]);
    expect(first.unlinked).toEqual([]);
    const second = render(of('Its code'), { givenPaths: first.paths });
    expect(second.text(code)).toBe('x\n# {{:codes/its-code}}\n');
  });

  test.each<[string, object, string, boolean]>([
    ['a row that does not exist', { shared_code_row_ids: ['gone'] }, '{{gone}}\n', true],
    ['shared code that does not exist', { shared_code_id: 'gone' }, '{{r1}}\n', false],
    ['an id that is not text', { shared_code_id: 5 }, '{{r1}}\n', false],
    ['rows that are not a list', { shared_code_row_ids: 'r1' }, '{{r1}}\n', true],
  ])('keeps the placeholder for %s, and the link is in unlinked/', (_, more, expected, hasPath) => {
    const script = expected.trim();
    const { text, warnings } = render(
      project([consumer(script, more), shared({ rows: [row('r1', 'c', ofCode)] })]),
    );
    expect(text(code)).toBe(expected);
    const written = JSON.parse(text(`${consumerFolder}/config.json`)) as object;
    expect(Object.keys(written)).toEqual([
      'parameters',
      'a',
      ...(hasPath ? ['shared_code_path'] : []),
    ]);
    const whole = text(`unlinked/main/transformation/${python}/t/config.json`);
    expect(JSON.parse(whole)).toMatchObject({
      shared_code_id: 's',
      shared_code_row_ids: ['r1'],
      ...more,
    });
    expect(warnings).toHaveLength(1);
  });

  test('of another component is not linked', () => {
    const other = shared({
      content: object('{"componentId":"keboola.r-transformation"}'),
      rows: [],
    });
    const { text } = render(project([consumer('{{r1}}', {}), other]));
    expect(text(code)).toBe('{{r1}}\n');
    expect(text(`${consumerFolder}/config.json`)).not.toContain('shared_code');
  });
});

describe('variables', () => {
  const user = (id: string, variablesId = 'v') =>
    config(id, `User ${id}`, {
      content: object(`{"variables_id":"${variablesId}","variables_values_id":"v1","x":1}`),
    });
  const folder = `${home}/extractor/ex-generic-v2/user-1`;

  test('are nested in the only configuration that uses them, with its values as the default', () => {
    const { text, paths, warnings } = render(project([variablesOf('v'), user('1')]));
    expect(text(`${folder}/config.json`)).toBe('{\n  "x": 1\n}\n');
    expect(Object.fromEntries(paths)).toMatchObject({
      'config/1000/keboola.variables/v': `${folder}/variables`,
      'row/1000/keboola.variables/v/v1': `${folder}/variables/values/default`,
      'row/1000/keboola.variables/v/v2': `${folder}/variables/values/other`,
    });
    expect(warnings).toEqual([]);
  });

  test('move with the configuration that uses them', () => {
    const first = render(project([user('1'), variablesOf('v')]));
    const renamed = { ...user('1'), name: 'Renamed' };
    const second = render(project([renamed, variablesOf('v')]), { givenPaths: first.paths });
    expect(second.paths.get('row/1000/keboola.variables/v/v1')).toBe(
      `${home}/extractor/ex-generic-v2/renamed/variables/values/default`,
    );
  });

  test('used by a row of shared code are nested in it', () => {
    const shared = config('s', 'S', {
      componentId: 'keboola.shared-code',
      content: object(`{"componentId":"${python}"}`),
      rows: [row('r', 'Code', object('{"code_content":"x","variables_id":"v"}'))],
    });
    const { text, paths } = render(project([shared, variablesOf('v')]));
    expect(paths.get('config/1000/keboola.variables/v')).toBe(
      `${home}/_shared/${python}/codes/code/variables`,
    );
    expect(text(`${home}/_shared/${python}/codes/code/config.json`)).toBe('{}\n');
    expect(text('configs/.keboola/manifest.json')).toContain('"type": "sharedCodeVariablesFor"');
  });

  test('used by several configurations and one row of shared code stay with the row', () => {
    const shared = config('s', 'S', {
      componentId: 'keboola.shared-code',
      content: object(`{"componentId":"${python}"}`),
      rows: [row('r', 'Code', object('{"code_content":"x","variables_id":"v"}'))],
    });
    const { paths, unlinked } = render(project([user('1'), shared, variablesOf('v'), user('2')]));
    expect(paths.get('config/1000/keboola.variables/v')).toBe(
      `${home}/_shared/${python}/codes/code/variables`,
    );
    expect(unlinked.map(({ owner }) => owner)).toEqual([
      'config/1000/ex-generic-v2/1',
      'config/1000/ex-generic-v2/2',
    ]);
  });

  const sharedCodes = (...rows: string[]) =>
    config('s', 'S', {
      componentId: 'keboola.shared-code',
      content: object(`{"componentId":"${python}"}`),
      rows: rows.map((id) => row(id, id, object('{"code_content":"x","variables_id":"v"}'))),
    });
  const ofRow = (rowId: string) => ({ configId: 's', rowId, type: 'sharedCodeVariablesFor' });
  const ofUser = { componentId: 'ex-generic-v2', configId: '1', type: 'variablesFor' };

  test.each([
    ['a configuration and a row', [user('1'), sharedCodes('r')], [ofUser, ofRow('r')], 'default'],
    ['two rows', [sharedCodes('q', 'r')], [ofRow('q'), ofRow('r')], 'mine'],
    [
      'two configurations and two rows',
      [user('1'), sharedCodes('q', 'r'), user('2')],
      [ofRow('q'), ofRow('r')],
      'mine',
    ],
  ])('used by %s of shared code are related to each of them', (_, users, relations, values) => {
    const { text, paths } = render(project([...users, variablesOf('v')]));
    const place = `${home}/other/keboola.variables/vars`;
    expect(paths.get('config/1000/keboola.variables/v')).toBe(place);
    expect(paths.get('row/1000/keboola.variables/v/v1')).toBe(`${place}/values/${values}`);
    const { configurations } = JSON.parse(text('configs/.keboola/manifest.json')) as {
      configurations: { id: string; relations?: unknown }[];
    };
    expect(configurations.find(({ id }) => id === 'v')?.relations).toEqual(relations);
    expect(text(`${home}/_shared/${python}/codes/r/config.json`)).toBe('{}\n');
  });

  test('that nobody uses are complete in unlinked/, with their rows and ids', () => {
    const vars = { ...variablesOf('v'), metadata: [{ key: 'k', value: '1' }] };
    const { files, text, paths, warnings, unlinked } = render(project([vars]));
    const place = 'unlinked/main/other/keboola.variables/vars';
    expect([...files.keys()].filter((path) => path.startsWith('unlinked/')).sort()).toEqual([
      'unlinked/main/manifest.json',
      `${place}/config.json`,
      `${place}/description.md`,
      `${place}/meta.json`,
      ...['mine', 'other'].flatMap((name) =>
        ['config.json', 'description.md', 'meta.json'].map(
          (file) => `${place}/rows/${name}/${file}`,
        ),
      ),
    ]);
    expect(JSON.parse(text('unlinked/main/manifest.json'))).toEqual({
      configurations: [
        {
          componentId: 'keboola.variables',
          id: 'v',
          path: 'other/keboola.variables/vars',
          reasons: ['No configuration uses these variables.'],
          metadata: { k: '1' },
          rows: [
            { id: 'v1', path: 'rows/mine' },
            { id: 'v2', path: 'rows/other' },
          ],
        },
      ],
      incomplete: [],
    });
    expect(text('configs/.keboola/manifest.json')).not.toContain('keboola.variables');
    expect(warnings).toEqual([
      {
        owner: 'config/1000/keboola.variables/v',
        message: 'No configuration uses these variables. It is in unlinked/.',
      },
    ]);
    expect(unlinked).toMatchObject([{ owner: 'config/1000/keboola.variables/v', path: place }]);
    expect(paths.get('row/1000/keboola.variables/v/v1')).toBe(`${place}/rows/mine`);
  });

  test('used by several configurations are in unlinked/, and so are those configurations, complete', () => {
    const { text, paths } = render(project([user('1'), variablesOf('v'), user('2')]));
    expect(paths.get('config/1000/keboola.variables/v')).toMatch(/^unlinked\//);
    expect(text(`${folder}/config.json`)).toBe('{\n  "x": 1\n}\n');
    for (const id of ['1', '2']) {
      const whole = text(`unlinked/main/extractor/ex-generic-v2/user-${id}/config.json`);
      expect(JSON.parse(whole)).toEqual({ variables_id: 'v', variables_values_id: 'v1', x: 1 });
    }
  });

  test.each([
    ['variables that do not exist', [user('1', 'gone')]],
    ['values that do not exist', [user('1'), { ...variablesOf('v'), rows: [] }]],
  ])('cause a warning for %s, and their user is complete in unlinked/', (_, configurations) => {
    const { text, warnings } = render(project(configurations));
    expect(text(`${folder}/config.json`)).toBe('{\n  "x": 1\n}\n');
    expect(text('unlinked/main/extractor/ex-generic-v2/user-1/config.json')).toContain('"v1"');
    expect(warnings).toHaveLength(1);
  });

  test('that use themselves are in unlinked/', () => {
    const ring = { ...variablesOf('v'), content: object('{"variables_id":"v"}') };
    const { paths } = render(project([ring]));
    expect(paths.get('config/1000/keboola.variables/v')).toMatch(/^unlinked\//);
  });

  test('with the same ids in two branches are each written in their own branch', () => {
    const configurations = [user('1'), variablesOf('v')];
    const of = project([], {
      branches: [
        branch({ configurations }),
        branch({ id: '7', name: 'Dev', isDefault: false, configurations: configurations.slice(1) }),
      ],
    });
    const { paths } = render(of, { allowedBranches: ['__all__'] });
    expect(paths.get('config/1000/keboola.variables/v')).toBe(`${folder}/variables`);
    expect(paths.get('config/7/keboola.variables/v')).toBe(
      'unlinked/dev/other/keboola.variables/vars',
    );
  });

  test('leave unlinked/ when they get a user, and return to a place there', () => {
    const twins = [variablesOf('v'), variablesOf('w')];
    const first = render(project(twins));
    const place = 'unlinked/main/other/keboola.variables';
    expect(first.paths.get('config/1000/keboola.variables/w')).toBe(`${place}/vars-001`);
    const second = render(project([...twins, user('1')]), { givenPaths: first.paths });
    expect(second.paths.get('config/1000/keboola.variables/v')).toBe(`${folder}/variables`);
    // The one that stays in unlinked/ needs no number any more.
    expect(second.paths.get('config/1000/keboola.variables/w')).toBe(`${place}/vars`);
    const third = render(project(twins), { givenPaths: second.paths });
    expect(third.paths.get('config/1000/keboola.variables/v')).toBe(`${place}/vars-001`);
  });
});

describe('schedules', () => {
  const target = (id: string, name = `Target ${id}`) => config(id, name);

  test('are nested in the configuration that they run, and no longer name it', () => {
    const { text, paths } = render(
      project([
        schedule('s1', 'Daily', '1'),
        schedule('s2', 'Daily', '1'),
        target('1'),
        schedule('s3', '日本', '1'),
      ]),
    );
    const folder = `${home}/extractor/ex-generic-v2/target-1/schedules`;
    expect(text(`${folder}/daily/config.json`)).toBe('{\n  "target": {}\n}\n');
    expect([...paths.values()].filter((path) => path.startsWith(folder))).toEqual([
      `${folder}/daily`,
      `${folder}/daily-001`,
      `${folder}/s3`,
    ]);
  });

  test('move with the configuration that they run, and to another one that they run later', () => {
    const first = render(
      project([
        schedule('s0', 'Daily', '1'),
        schedule('s', 'Daily', '1'),
        target('1'),
        target('2'),
      ]),
    );
    const given = { givenPaths: first.paths };
    const moved = render(
      project([schedule('s', 'Daily', '1'), target('1', 'New'), target('2')]),
      given,
    );
    const key = 'config/1000/keboola.scheduler/s';
    expect(moved.paths.get(key)).toBe(`${home}/extractor/ex-generic-v2/new/schedules/daily`);
    const other = render(project([schedule('s', 'Daily', '2'), target('1'), target('2')]), given);
    expect(other.paths.get(key)).toBe(`${home}/extractor/ex-generic-v2/target-2/schedules/daily`);
  });

  test.each<[string, object]>([
    [
      'a configuration that does not exist',
      { componentId: 'ex-generic-v2', configurationId: 'gone' },
    ],
    ['a workspace', { componentId: 'keboola.sandboxes', configurationId: 'w' }],
    ['themselves', { componentId: 'keboola.scheduler', configurationId: 's' }],
    ['a configuration without a place', { componentId: 'keboola.variables', configurationId: 'v' }],
    ['nothing', {}],
  ])('that run %s are in unlinked/ as they are', (_, run) => {
    const content = object(JSON.stringify({ target: run }));
    const { text, warnings } = render(
      project([
        config('s', 'Lost', { componentId: 'keboola.scheduler', content }),
        config('w', 'W', { componentId: 'keboola.sandboxes' }),
        variablesOf('v'),
      ]),
    );
    const whole = text('unlinked/main/other/keboola.scheduler/lost/config.json');
    expect(JSON.parse(whole)).toEqual({ target: run });
    expect(warnings.map(({ owner }) => owner)).toContain('config/1000/keboola.scheduler/s');
  });

  test('of a configuration that could not be written are in unlinked/', () => {
    let deep = object('{}');
    for (let depth = 0; depth < 2_000; depth++) deep = new Map([['x', deep]]);
    const { paths } = render(
      project([config('1', 'Bad', { content: deep }), schedule('s', 'Daily', '1')]),
    );
    expect(paths.get('config/1000/keboola.scheduler/s')).toMatch(/^unlinked\//);
  });
});

describe('orchestrations', () => {
  const folder = `${home}/other/keboola.orchestrator/flow`;
  const phase = (id: unknown, dependsOn: unknown[] = [], more: object = {}) => ({
    id,
    name: `Phase ${String(id)}`,
    dependsOn,
    ...more,
  });
  const task = (over: object = {}) => ({
    id: 1,
    name: 'Task',
    phase: 1,
    task: { componentId: 'ex-generic-v2', configId: '1', mode: 'run' },
    ...over,
  });

  test('have their phases after those that they depend on, and otherwise in their original order', () => {
    const phases = [
      phase(1, ['5']),
      phase('2'),
      phase(3, [4, '1', 5]),
      phase(4, ['2', '5']),
      phase(5),
    ];
    const { text, files, warnings } = render(project([orchestration({ phases, tasks: [] })]));
    const folders = [...files.keys()].flatMap(
      (path) => /phases\/(.+)\/phase/.exec(path)?.[1] ?? [],
    );
    expect(folders).toEqual([
      '001-phase-5',
      '002-phase-1',
      '003-phase-2',
      '004-phase-4',
      '005-phase-3',
    ]);
    expect(JSON.parse(text(`${folder}/phases/005-phase-3/phase.json`))).toEqual({
      name: 'Phase 3',
      dependsOn: ['001-phase-5', '002-phase-1', '004-phase-4'],
    });
    expect(warnings).toEqual([]);
  });

  test('may be a long chain, which does not exhaust the stack, and a ring is in unlinked/', () => {
    const ring = Array.from({ length: 20_000 }, (_, index) => phase(index, [(index + 1) % 20_000]));
    const chain = ring.slice(0, -1);
    const { files } = render(project([orchestration({ phases: chain })]));
    expect([...files.keys()].filter((path) => path.endsWith('/phase.json'))).toHaveLength(19_999);
    expect(files.has(`${folder}/phases/19999-phase-0/phase.json`)).toBe(true);
    for (const phases of [ring, [phase(1, [1])]]) {
      const { paths, warnings } = render(project([orchestration({ phases })]));
      expect(paths.get('config/1000/keboola.orchestrator/o')).toMatch(/^unlinked\//);
      expect(warnings).toMatchObject([{ owner: 'config/1000/keboola.orchestrator/o' }]);
    }
  });

  test('keep everything else that phases and tasks contain, in its order', () => {
    const phases = `[{"__proto__":1,"id":"1","10":2,"name":"P","dependsOn":[],"2":3}]`;
    const tasks = `[{"b":1,"id":"1","task":{"mode":"run","componentId":"ex-generic-v2","x":1,"configId":"1","a":2},
      "name":"T","phase":"1","__proto__":{"x":1},"enabled":false}]`;
    const flow = {
      ...orchestration({}),
      content: object(`{"phases":${phases},"tasks":${tasks},"z":1}`),
    };
    const { text } = render(project([flow, config('1', 'Target')]));
    const lines = (path: string) => text(path).replace(/\n\s*/g, '');
    expect(lines(`${folder}/config.json`)).toBe('{"z": 1}');
    expect(lines(`${folder}/phases/001-p/phase.json`)).toBe(
      '{"name": "P","dependsOn": [],"__proto__": 1,"10": 2,"2": 3}',
    );
    expect(lines(`${folder}/phases/001-p/001-t/task.json`)).toBe(
      '{"name": "T","enabled": false,"b": 1,"task": {"mode": "run","x": 1,"a": 2,' +
        '"configPath": "extractor/ex-generic-v2/target"},"__proto__": {"x": 1}}',
    );
  });

  test.each<[string, object]>([
    [
      'runs a configuration that does not exist',
      task({ task: { componentId: 'ex-generic-v2', configId: 'gone' } }),
    ],
    ['belongs to no phase', task({ phase: 'gone' })],
    ['runs nothing', task({ task: { componentId: 'ex-generic-v2' } })],
    ['has data that is not an object', task({ task: { componentId: 'x', configData: [] } })],
    ['has a configuration id that is not text', task({ task: { componentId: 'x', configId: 5 } })],
    ['has no name', task({ name: '' })],
    ['has no id', task({ id: '' })],
    ['names no component', task({ task: [] })],
    ['is neither enabled nor disabled', task({ enabled: 0 })],
    [
      'names a path of the CLI',
      task({ task: { componentId: 'x', configData: {}, configPath: 'x' } }),
    ],
  ])('leave out a task that %s, and are complete in unlinked/', (_, lost) => {
    const content = { phases: [phase(1)], tasks: [lost, task({ name: 'Good' })] };
    const { files, text, warnings } = render(project([orchestration(content), config('1', 'T')]));
    const tasks = [...files.keys()].filter((path) => path.endsWith('/task.json'));
    expect(tasks).toEqual([`${folder}/phases/001-phase-1/001-good/task.json`]);
    expect(JSON.parse(text('unlinked/main/other/keboola.orchestrator/flow/config.json'))).toEqual(
      content,
    );
    expect(warnings).toHaveLength(1);
  });

  test('leave out a task whose target has no place, and are complete in unlinked/', () => {
    const lost = task({ task: { componentId: 'keboola.variables', configId: 'v', mode: 'run' } });
    const { files, text } = render(
      project([orchestration({ phases: [phase(1)], tasks: [lost] }), variablesOf('v')]),
    );
    expect([...files.keys()].filter((path) => path.endsWith('/task.json'))).toEqual([]);
    expect(text('unlinked/main/other/keboola.orchestrator/flow/config.json')).toContain('"v"');
  });

  test('know phases by their ids as the CLI rounds them', () => {
    const phases = [phase(-0.4), phase(2.5)];
    const tasks = [
      task({ phase: -0.1 }),
      task({ phase: 0, name: 'Lost' }),
      task({ phase: 2, name: 'B' }),
    ];
    const { files } = render(project([orchestration({ phases, tasks }), config('1', 'T')]));
    const written = [...files.keys()].filter((path) => path.endsWith('/task.json'));
    expect(written.map((path) => path.slice(folder.length))).toEqual([
      '/phases/001-phase-0-4/001-task/task.json',
      '/phases/002-phase-2-5/001-b/task.json',
    ]);
  });

  test.each([
    [
      { phases: null, tasks: null },
      { phases: null, tasks: null },
    ],
    [{}, {}],
    [{ tasks: [], x: 1 }, { x: 1 }],
    [{ phases: null, tasks: [] }, { phases: null }],
  ])('may have no phases: %j', (content, written) => {
    const { text, files, warnings } = render(project([orchestration(content)]));
    expect(JSON.parse(text(`${folder}/config.json`))).toEqual(written);
    expect(files.get(`${folder}/phases/.gitkeep`)?.content).toHaveLength(0);
    expect(warnings).toEqual([]);
  });

  test.each<[object, object, string[]]>([
    [{ phases: { a: 1 }, tasks: [] }, { phases: { a: 1 } }, []],
    [{ phases: [phase(1)], tasks: 'x' }, { tasks: 'x' }, ['001-phase-1/phase.json']],
  ])('keep in config.json what is not a list: %j', (content, written, others) => {
    const { text, files, unlinked } = render(project([orchestration(content)]));
    expect(JSON.parse(text(`${folder}/config.json`))).toEqual(written);
    const prefix = `${folder}/phases/`;
    expect(
      [...files.keys()].flatMap((path) =>
        path.startsWith(prefix) ? [path.slice(prefix.length)] : [],
      ),
    ).toEqual(['.gitkeep', ...others]);
    expect(unlinked).toEqual([]);
  });

  test('name what they run by its current path', () => {
    const content = { phases: [phase(1)], tasks: [task()] };
    const first = render(project([orchestration(content), config('1', 'Old')]));
    const second = render(project([orchestration(content), config('1', 'New')]), {
      givenPaths: first.paths,
    });
    expect(second.text(`${folder}/phases/001-phase-1/001-task/task.json`)).toContain(
      '"configPath": "extractor/ex-generic-v2/new"',
    );
  });
});

describe('input from a default bucket', () => {
  const tables = (...sources: unknown[]) =>
    object(
      JSON.stringify({ storage: { input: { tables: sources.map((source) => ({ source })) } } }),
    );
  const source = config('5', 'Source', { componentId: 'keboola.ex-aws-s3' });
  const written = (content: ReturnType<typeof tables>, rows = [row('r', 'R', content)]) => {
    const { text } = render(project([config('1', 'Reader', { content, rows }), source]));
    const folder = `${home}/extractor/ex-generic-v2/reader`;
    expect(text(`${folder}/rows/r/config.json`)).toBe(text(`${folder}/config.json`));
    const { storage } = JSON.parse(text(`${folder}/config.json`)) as {
      storage: { input: { tables: { source: unknown }[] } };
    };
    return storage.input.tables.map((table) => table.source);
  };
  const placeholder = '{{:default-bucket:extractor/keboola.ex-aws-s3/source}}';

  test('names the configuration by its path', () => {
    expect(
      written(
        tables(
          'in.c-keboola-ex-aws-s3-5.t',
          'in.c-other-5.t',
          5,
          'x',
          'in.c-keboola-ex-aws-s3-5.t2',
        ),
      ),
    ).toEqual([`${placeholder}.t`, 'in.c-other-5.t', 5, 'x', `${placeholder}.t2`]);
  });

  test('stays as it is from the first configuration that does not exist', () => {
    const gone = 'in.c-keboola-ex-aws-s3-6.t';
    expect(
      written(tables('in.c-keboola-ex-aws-s3-5.t', gone, 'in.c-keboola-ex-aws-s3-5.t')),
    ).toEqual([`${placeholder}.t`, gone, 'in.c-keboola-ex-aws-s3-5.t']);
  });
});

describe('secrets', () => {
  test('in plain text are left out of every file, and the rendering says where they were', () => {
    const secret = { '#password': 'hunter2', ok: 'KBC::ProjectSecure::x' };
    const content = {
      phases: [{ id: 1, name: 'P', ...secret }],
      tasks: [
        { id: 1, name: 'T', phase: 1, task: { componentId: 'x', configData: secret, mode: 'run' } },
      ],
    };
    const values = object(JSON.stringify({ values: [secret] }));
    const lost = config('l', 'Lost', {
      componentId: 'keboola.scheduler',
      content: object(JSON.stringify(secret)),
    });
    const { replacedSecrets, files } = render(
      project([
        orchestration(content),
        { ...variablesOf('v'), rows: [row('r', 'R', values)] },
        config('1', 'User', { content: object('{"variables_id":"v"}') }),
        lost,
      ]),
    );
    const flow = `${home}/other/keboola.orchestrator/flow/phases/001-p`;
    expect(replacedSecrets).toEqual([
      { path: `${flow}/phase.json`, pointer: '/#password' },
      { path: `${flow}/001-t/task.json`, pointer: '/task/configData/#password' },
      {
        path: `${home}/extractor/ex-generic-v2/user/variables/values/r/config.json`,
        pointer: '/values/0/#password',
      },
      { path: 'unlinked/main/other/keboola.scheduler/lost/config.json', pointer: '/#password' },
    ]);
    const texts = Object.values(textsOf({ files })).join('');
    expect(texts).not.toContain('hunter2');
    expect(texts).toContain(clearPlaceholder);
    expect(texts).toContain('KBC::ProjectSecure::x');
  });

  test('that are encrypted are also left out of code if the mirror omits them', () => {
    const { text } = render(project([transformation(python, ['a', ' KBC::ProjectSecure::x '])]), {
      secrets: 'omitted',
    });
    const code = `${home}/transformation/${python}/t/blocks/001-block/001-code/code.py`;
    expect(text(code)).toBe(`a\n${encryptedPlaceholder}\n`);
  });
});

test('nothing is written beside the layout if that is the top of the tree', () => {
  const of = project([variablesOf('v'), schedule('s', 'Lost', 'gone')]);
  const { files, unlinked, warnings } = render(of, { root: '' });
  expect(
    [...files.keys()].filter((path) => !/^(?:main\/|\.keboola\/|description)/.test(path)),
  ).toEqual([]);
  expect(unlinked).toEqual([]);
  expect(warnings).toHaveLength(2);
});

test('a transformation with 400,000 statements and shared code with 20,000 are written completely', () => {
  const script = Array.from({ length: 400_000 }, (_, index) =>
    `SELECT '${index}' AS "a"; -- x`.padEnd(50),
  );
  const code = script.slice(0, 20_000).join('\n');
  const shared = config('s', 'S', {
    componentId: 'keboola.shared-code',
    content: object('{"componentId":"keboola.snowflake-transformation"}'),
    rows: [row('r', 'R', new Map([['code_content', code]]))],
  });
  const of = project([transformation('keboola.snowflake-transformation', script), shared]);
  const { text } = render(of);
  const written = `${script.map((line) => line.trim()).join('\n\n')}\n`;
  const folder = `${home}/transformation/keboola.snowflake-transformation/t`;
  expect(text(`${folder}/blocks/001-block/001-code/code.sql`) === written).toBe(true);
  expect(text(`${home}/_shared/keboola.snowflake-transformation/codes/r/code.sql`)).toContain(
    `SELECT '19999'`,
  );
});

test('the workspace of the data gateway is written as a number', () => {
  const componentId = 'keboola.app-data-gateway';
  const of = (id: string, workspaceId: unknown) =>
    config(id, id, {
      componentId,
      content: object(JSON.stringify({ parameters: { db: { workspaceId } } })),
    });
  const { text } = render(
    project([of('a', ' 123 '), of('b', '12345678901234567890'), of('c', 'x')]),
  );
  const written = (id: string) => text(`${home}/application/${componentId}/${id}/config.json`);
  expect(written('a')).toContain('"workspaceId": 123\n');
  expect(written('b')).toContain('"workspaceId": "12345678901234567890"');
  expect(written('c')).toContain('"workspaceId": "x"');
});
