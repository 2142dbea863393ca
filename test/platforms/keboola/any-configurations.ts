import fc from 'fast-check';
import type { Json } from '../../../model/text/json.ts';
import { components, config, object, row } from './platform-project.ts';

const python = 'keboola.python-transformation-v2';
/** The ids of configurations and rows. There are only a few, so that the same ones occur again. */
export const ids = ['1', '2', '3', '4', '5', '6'];
const someId = fc.constantFrom(...ids, 'gone');

/**
 * Contents as the platform has them, which refer to each other by ids that may or may not exist.
 */
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

/** All sorts of configurations, each with its own name. */
export const configurations = fc
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
  // Shared code is named after its component, so there can be only one.
  .map((drafts) => {
    const shared = drafts.filter(({ componentId }) => componentId === 'keboola.shared-code');
    return drafts.filter((one) => one.componentId !== 'keboola.shared-code' || one === shared[0]);
  });

/** JSON with the keys that rules look for, and any values under them. */
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

/** An odd value under each key that a rule starts from, so that more of the rules apply. */
export const oddContent = fc
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
