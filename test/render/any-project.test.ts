import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../model/json.ts';
import { configKey, rowKey } from '../../model/object-key.ts';
import { formatJson } from '../../model/ordered-json.ts';
import type { Configuration, PlatformProject } from '../../model/project.ts';
import { branch, components, config, object, project, render, row } from './platform-project.ts';
import { textsOf } from './rendered-texts.ts';

const python = 'keboola.python-transformation-v2';
const ids = ['1', '2', '3', '4', '5', '6'];
const someId = fc.constantFrom(...ids, 'gone');

/** Contents as the platform has them, which refer to each other by ids that may be there or not. */
const content = fc
  .record({
    variables: fc.option(someId),
    values: fc.option(someId),
    input: fc.option(someId),
    shared: fc.option(someId),
    used: fc.array(someId, { maxLength: 2 }),
    target: fc.constantFrom('ex-generic-v2', 'keboola.orchestrator', 'keboola.shared-code'),
    targetId: someId,
    phases: fc.array(fc.array(someId, { maxLength: 2 }), { maxLength: 4 }),
  })
  .map((of) =>
    object(
      JSON.stringify({
        ...(of.variables === null ? {} : { variables_id: of.variables }),
        ...(of.values === null ? {} : { variables_values_id: of.values }),
        ...(of.shared === null ? {} : { shared_code_id: of.shared, shared_code_row_ids: of.used }),
        componentId: python,
        code_content: ['x'],
        storage: {
          input: {
            tables: of.input === null ? [] : [{ source: `in.c-keboola-ex-aws-s3-${of.input}.t` }],
          },
        },
        target: { componentId: of.target, configurationId: of.targetId },
        parameters: {
          code: 'print(1)',
          blocks: [
            { name: 'B', codes: of.used.map((id) => ({ name: 'C', script: [`{{${id}}}`] })) },
          ],
        },
        phases: of.phases.map((dependsOn, index) => ({ id: index + 1, name: 'P', dependsOn })),
        tasks: of.used.map((id, index) => ({
          id,
          name: 'T',
          phase: index,
          task: { componentId: of.target, configId: id },
        })),
      }),
    ),
  );

/** Configurations of all sorts, whose names are all different. */
const configurations = fc
  .array(fc.tuple(fc.constantFrom(...components), fc.constantFrom(...ids), content), {
    maxLength: 30,
  })
  .chain((drafts) =>
    fc.tuple(
      ...drafts.map(([{ id: componentId }, id, of], index) =>
        fc
          .uniqueArray(fc.tuple(fc.constantFrom(...ids), content), {
            selector: ([rowId]) => rowId,
            maxLength: 3,
          })
          .map((rows) =>
            config(id, `Name ${index}`, {
              componentId,
              content: of,
              rows: rows.map(([rowId, rowContent]) => row(rowId, `Row ${rowId}`, rowContent)),
            }),
          ),
      ),
    ),
  )
  .map((drafts) => [
    ...new Map(drafts.map((one) => [`${one.componentId}/${one.id}`, one])).values(),
  ])
  // Shared code is named by its component, and what is nested by its parent: of these there may be one of a name.
  .map((drafts) => {
    const shared = drafts.filter(({ componentId }) => componentId === 'keboola.shared-code');
    return drafts.filter((one) => one.componentId !== 'keboola.shared-code' || one === shared[0]);
  });

function everyObject({ branches }: PlatformProject): string[] {
  return branches.flatMap(({ id, configurations: configs }) =>
    configs.flatMap((one) => [
      configKey(id, one.componentId, one.id),
      ...one.rows.map((each) => rowKey(id, one.componentId, one.id, each.id)),
    ]),
  );
}

test('the order in which the platform lists objects does not matter', () => {
  const shuffled = configurations.chain((configs) =>
    fc.record({
      configs: fc.constant(configs),
      other: fc
        .shuffledSubarray(configs, { minLength: configs.length })
        .chain((order) =>
          fc.tuple(
            ...order.map((one) =>
              fc
                .shuffledSubarray(one.rows, { minLength: one.rows.length })
                .map((rows): Configuration => ({ ...one, rows })),
            ),
          ),
        ),
    }),
  );
  fc.assert(
    fc.property(shuffled, ({ configs, other }) => {
      const first = render(project(configs));
      const second = render(project(other));
      expect(textsOf(second)).toEqual(textsOf(first));
      // Nor does rendering again, over the paths that there are.
      expect(textsOf(render(project(other), { givenPaths: first.paths }))).toEqual(textsOf(first));
    }),
    { numRuns: 150 },
  );
});

test('each object is in the tree, here or there, and whole at least in one place', () => {
  fc.assert(
    fc.property(configurations, (configs) => {
      const of = project(configs);
      const { paths, files, text } = render(of);
      const placed = [...paths.keys()].filter((key) => /^(?:config|row)\//.test(key));
      expect(placed.sort()).toEqual(everyObject(of).sort());
      for (const key of placed) {
        const path = paths.get(key) ?? '';
        expect(files.has(`${path}/meta.json`)).toBe(true);
        if (!path.startsWith('unlinked/')) continue;
        const [, , componentId, id] = key.split('/');
        const found = configs.find((one) => one.componentId === componentId && one.id === id);
        const whole = key.startsWith('config/')
          ? found?.content
          : found?.rows.find((one) => one.id === key.split('/')[4])?.content;
        expect(text(`${path}/config.json`)).toBe(formatJson(whole ?? null));
      }
    }),
    { numRuns: 150 },
  );
});

/** JSON whose keys are those that rules look for, with any value under them. */
const oddJson = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: 'large' },
    fc.constantFrom<Json>(
      null,
      true,
      false,
      0,
      -0,
      1.5,
      1e300,
      '',
      '1',
      python,
      '{{1}}',
      'in.c-keboola-ex-aws-s3-1.t',
    ),
    fc.string({ unit: 'binary', maxLength: 5 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .array(
        fc.tuple(
          fc.constantFrom(
            ...['variables_id', 'variables_values_id', 'shared_code_id', 'shared_code_row_ids'],
            ...['componentId', 'code_content', 'storage', 'input', 'tables', 'source', 'target'],
            ...[
              'configurationId',
              'parameters',
              'code',
              'blocks',
              'codes',
              'name',
              'script',
              'phases',
            ],
            ...[
              'tasks',
              'id',
              'dependsOn',
              'enabled',
              'phase',
              'task',
              'configId',
              'configData',
              'db',
            ],
            ...['workspaceId', '__proto__', 'constructor', '#secret', '0'],
          ),
          tie('value'),
        ),
        { maxLength: 8 },
      )
      .map((entries) => new Map(entries)),
  ),
})).value;

/** An odd value under each key that a rule begins with: more of the rules are met so. */
const oddContent = fc
  .record(
    {
      parameters: fc.oneof(oddJson, fc.record({ blocks: oddJson, code: oddJson }).map(entriesOf)),
      phases: fc.oneof(
        oddJson,
        fc.array(fc.record({ id: oddJson, name: oddJson, dependsOn: oddJson }).map(entriesOf)),
      ),
      tasks: fc.oneof(
        oddJson,
        fc.array(
          fc.record({ id: oddJson, name: oddJson, phase: oddJson, task: oddJson }).map(entriesOf),
        ),
      ),
      target: oddJson,
      variables_id: oddJson,
      variables_values_id: oddJson,
      shared_code_id: oddJson,
      shared_code_row_ids: oddJson,
      componentId: oddJson,
      code_content: oddJson,
      storage: fc.record({ input: fc.record({ tables: oddJson }).map(entriesOf) }).map(entriesOf),
    },
    { requiredKeys: [] },
  )
  .map(entriesOf);

function entriesOf(record: Record<string, Json | undefined>): Map<string, Json> {
  return new Map(
    Object.entries(record).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

test('whatever contents hold, all objects are rendered', () => {
  const odd = fc.array(
    fc.tuple(fc.constantFrom(...components), fc.constantFrom(...ids), oddContent, oddContent),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(
      odd,
      fc.constantFrom('encrypted' as const, 'omitted' as const),
      (drafts, secrets) => {
        const configs = drafts.map(([{ id: componentId }, id, of, ofRow]) =>
          config(id, 'Same', {
            componentId,
            content: of,
            rows: [row('1', 'R', ofRow), row('2', 'R', of)],
          }),
        );
        const of = project([], {
          branches: [
            branch({ configurations: configs }),
            branch({ id: '7', name: 'D', isDefault: false, configurations: configs }),
          ],
        });
        const { paths, warnings, files } = render(of, { allowedBranches: ['__all__'], secrets });
        expect(
          warnings.filter(({ message }) => message.startsWith('It could not be written')),
        ).toEqual([]);
        expect(new Set(paths.keys())).toEqual(
          new Set([...everyObject(of), 'branch/1000', 'branch/7']),
        );
        for (const { path } of files.values()) expect(path).toMatch(/^(?:ai|configs|unlinked)\//);
      },
    ),
    { numRuns: 150 },
  );
});
