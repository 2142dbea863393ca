import type { SeededRandom } from '../seeded-random.ts';
import {
  smallProject,
  type ApiComponent,
  type ApiRow,
  type StorageApiProject,
} from '../../../examples/storage-api/data.ts';

/** There are few ids, so that references often match, break, or share a target. */
export const someIds = ['1', '2', '3', '4', '5', '6'] as const;

/** Names whose slugs are equal, empty, or reserved by the layout, or which are too long for a file system. */
export const someNames = [
  ...['Orders', 'orders', 'Orders!', 'Order lines', 'Customers', 'Ořders', '日本', '', ' '],
  ...['rows', 'variables', 'Orders 001', 'A/B', '.hidden', 'Straße', 'Long '.repeat(60)],
];

export const python = 'keboola.python-transformation-v2';
export const snowflake = 'keboola.snowflake-transformation';
export const bucketed = 'keboola.ex-aws-s3';

/** The components of a project with relations; the CLI has rules for most of them. */
export const relatedComponents: ApiComponent[] = [
  component('ex-generic-v2', 'extractor'),
  component(bucketed, 'extractor', { bucket: 'in' }),
  component('keboola.wr-db-mysql', 'writer'),
  component('keboola.variables', 'other'),
  component('keboola.scheduler', 'other'),
  component('keboola.orchestrator', 'other'),
  component('keboola.flow', 'other'),
  component('keboola.shared-code', 'other'),
  component('keboola.sandboxes', 'other'),
  component('kds-team.app-custom-python', 'application', { bucket: 'out' }),
  component(python, 'transformation', { flags: ['genericCodeBlocksUI'] }),
  component(snowflake, 'transformation', { flags: ['genericCodeBlocksUI'] }),
];

/** A project with these components and an empty default branch (1000). */
export function emptyProject({ id }: { id: number }): StorageApiProject {
  const { index, token, branches } = smallProject({ id });
  return {
    index: { ...index, components: structuredClone(relatedComponents) },
    token,
    branches: branches
      .filter(({ isDefault }) => isDefault)
      .map((branch) => ({ ...branch, configurations: [] })),
  };
}

function component(
  id: string,
  type: string,
  { flags = [], bucket = '' }: { flags?: string[]; bucket?: string } = {},
): ApiComponent {
  const data = { default_bucket: bucket !== '', default_bucket_stage: bucket };
  return { id, type, name: id, flags, data };
}

type Content = Record<string, unknown>;

/** The content of a configuration of this component: relations to any ids, existing or not. */
export function someContent(random: SeededRandom, componentId: string): Content {
  switch (componentId) {
    case 'keboola.variables':
      return {
        variables: random.some(['day', 'limit'], 2).map((name) => ({ name, type: 'string' })),
      };
    case 'keboola.shared-code':
      return { componentId: random.of([python, snowflake]), note: random.below(1_000) };
    case 'keboola.scheduler':
      return {
        schedule: { cronTab: `${random.below(60)} 6 * * *`, timezone: 'UTC', state: 'enabled' },
        target: {
          componentId: random.of(targets),
          configurationId: random.of(someIds),
          mode: 'run',
        },
      };
    case 'keboola.orchestrator':
    case 'keboola.flow':
      return someFlow(random);
    case python:
    case snowflake:
      return {
        parameters: { blocks: someBlocks(random) },
        ...someStorage(random),
        ...someLinks(random),
      };
    case 'kds-team.app-custom-python':
      return {
        parameters: { code: `print(${random.below(1_000)})`, user_properties: {} },
        ...someStorage(random),
        ...someVariables(random),
      };
    default:
      return {
        parameters: {
          db: { host: 'db.example.com', '#password': somePassword(random) },
          outputTable: random.of(['in.c-shop.orders', 'in.c-shop.lines', 'out.c-gone.t']),
          note: random.below(1_000),
        },
        ...someStorage(random),
        ...(random.oneIn(4) ? someVariables(random) : {}),
      };
  }
}

/** The content of a row of such a configuration. */
export function someRow(random: SeededRandom, componentId: string, id: string): ApiRow {
  const name = random.of(someNames);
  return {
    id,
    name,
    description: '',
    isDisabled: random.oneIn(5),
    version: 1,
    configuration: content(),
  };

  function content(): Content {
    if (componentId === 'keboola.shared-code') {
      return {
        code_content: [`print(${random.below(1_000)})`],
        ...(random.oneIn(3) ? { variables_id: random.of(someIds) } : {}),
      };
    }
    if (componentId === 'keboola.variables')
      return { values: [{ name: 'day', value: String(random.below(1_000)) }] };
    return {
      parameters: { incremental: random.oneIn(2), note: random.below(1_000) },
      ...someStorage(random),
      ...(random.oneIn(6) ? { parameters: { name: random.of(someNames) } } : {}),
    };
  }
}

const targets = [python, snowflake, 'ex-generic-v2', 'keboola.orchestrator', 'keboola.flow'];

function someFlow(random: SeededRandom): Content {
  const phases = random.some(['Load', 'Transform', 'load', '日本'], 4);
  return {
    phases: phases.map((name, index) => ({
      id: index + 1,
      name,
      dependsOn: index === 0 ? [] : [random.below(index) + 1],
    })),
    tasks: random.some(targets, 4).map((componentId, index) => ({
      id: index + 10,
      name: `Task ${random.below(3)}`,
      phase: random.below(phases.length + 1) + 1,
      enabled: !random.oneIn(5),
      task: { componentId, configId: random.of(someIds), mode: 'run' },
    })),
  };
}

function someBlocks(random: SeededRandom): Content[] {
  return random.some(['Block', 'block', 'Load'], 2).map((name) => ({
    name,
    codes: random.some(['Code', 'code'], 2).map((code) => ({
      name: code,
      script: [
        `select ${random.below(1_000)}`,
        ...random.some(someIds, 2).map((id) => `{{${id}}}`),
      ],
    })),
  }));
}

function someLinks(random: SeededRandom): Content {
  return {
    ...someVariables(random),
    ...(random.oneIn(2)
      ? { shared_code_id: random.of(someIds), shared_code_row_ids: random.some(someIds, 3) }
      : {}),
  };
}

function someVariables(random: SeededRandom): Content {
  if (random.oneIn(2)) return {};
  return {
    variables_id: random.of(someIds),
    ...(random.oneIn(2) ? { variables_values_id: random.of(someIds) } : {}),
  };
}

function someStorage(random: SeededRandom): Content {
  if (random.oneIn(3)) return {};
  const source = (): string =>
    random.of([
      `in.c-keboola-ex-aws-s3-${random.of(someIds)}.orders`,
      `out.c-kds-team-app-custom-python-${random.of(someIds)}.orders`,
      'in.c-shop.orders',
      'in.c-shop.lines',
      'in.c-nowhere.lines',
    ]);
  return {
    storage: {
      input: {
        tables: [source(), source()]
          .slice(0, random.below(3))
          .map((table) => ({ source: table, destination: 'orders.csv' })),
      },
      output: {
        tables: random
          .some(['out.c-shop.result', 'in.c-shop.lines'], 2)
          .map((destination) => ({ source: 'result.csv', destination })),
      },
    },
  };
}

function somePassword(random: SeededRandom): string {
  return random.oneIn(6)
    ? `clear-${random.below(1_000)}`
    : `KBC::ProjectSecure::${random.below(1_000)}=`;
}
