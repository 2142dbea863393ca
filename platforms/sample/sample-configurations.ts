/** A configuration of the sample project. */
export interface SampleConfiguration {
  componentId: string;
  id: string;
  name: string;
  description: string;
  /**
   * Its content (plain JSON) after a number of changes, each of which shows in it. No key looks like a
   * number, because JavaScript would reorder it.
   */
  content: (changes: number) => Record<string, unknown>;
  rows?: (changes: number) => SampleRow[];
}

/** A row of a {@link SampleConfiguration}. */
export interface SampleRow {
  id: string;
  name: string;
  content: Record<string, unknown>;
}

/** Everything in the sample project: a small shop's pipeline. */
export const sampleConfigurations: readonly SampleConfiguration[] = [
  {
    componentId: 'keboola.ex-db-mysql',
    id: '1001',
    name: 'Shop database',
    description: 'Orders and customers of the web shop.',
    content: () => ({
      parameters: {
        db: {
          host: 'shop-db.example.com',
          port: 3306,
          user: 'keboola',
          '#password': 'KBC::ProjectSecure::ZXhhbXBsZQ==',
        },
      },
    }),
    rows: (changes) => [
      { id: '100101', name: 'orders', content: mysqlTable('orders', 10_000 + 5_000 * changes) },
      { id: '100102', name: 'customers', content: mysqlTable('customers', 10_000) },
    ],
  },
  {
    componentId: 'keboola.ex-google-sheets',
    id: '1002',
    name: 'Targets',
    description: 'Monthly targets that sales keep in a sheet.',
    content: () => ({ parameters: { outputBucket: 'in.c-targets' } }),
    rows: (changes) => [
      {
        id: '100201',
        name: 'monthly targets',
        content: {
          parameters: {
            sheetTitle: 'Targets',
            header: { rows: 1, columns: ['month', 'target'] },
            range: `A1:B${13 + 12 * changes}`,
          },
        },
      },
    ],
  },
  {
    componentId: 'keboola.snowflake-transformation',
    id: '1003',
    name: 'Daily revenue',
    description: 'Revenue by day, for the dashboard.',
    content: (changes) => ({
      storage: {
        input: { tables: [{ source: 'in.c-shop.orders', destination: 'orders' }] },
        output: { tables: [{ source: 'revenue', destination: 'out.c-finance.revenue' }] },
      },
      parameters: {
        blocks: [
          {
            name: 'Revenue',
            codes: [
              {
                name: 'By day',
                script: [
                  'CREATE TABLE "revenue" AS\nSELECT "day", SUM("amount") AS "revenue"\nFROM "orders"\n' +
                    `WHERE "amount" > 0 AND "day" >= DATEADD(day, -${30 + changes}, CURRENT_DATE)\nGROUP BY "day";`,
                ],
              },
            ],
          },
        ],
      },
    }),
  },
  {
    componentId: 'keboola.python-transformation-v2',
    id: '1004',
    name: 'Churn score',
    description: 'How likely a customer is to leave.',
    content: (changes) => ({
      parameters: {
        packages: ['pandas'],
        blocks: [
          {
            name: 'Score',
            codes: [
              {
                name: 'Days since the last order',
                script: [
                  'import pandas\n\ncustomers = pandas.read_csv("in/tables/customers.csv")\n' +
                    `customers["at_risk"] = customers["days_since_order"] > ${60 + 10 * changes}\n` +
                    'customers.to_csv("out/tables/churn.csv", index=False)',
                ],
              },
            ],
          },
        ],
      },
      storage: {
        input: { tables: [{ source: 'in.c-shop.customers', destination: 'customers.csv' }] },
        output: { tables: [{ source: 'churn.csv', destination: 'out.c-crm.churn' }] },
      },
      variables_id: '1005',
    }),
  },
  {
    componentId: 'keboola.variables',
    id: '1005',
    name: 'Variables of the churn score',
    description: '',
    content: () => ({ variables: [{ name: 'country', type: 'string' }] }),
    rows: (changes) => [
      {
        id: '100501',
        name: 'Default Values',
        content: { values: [{ name: 'country', value: countries[changes % countries.length] }] },
      },
    ],
  },
  {
    componentId: 'keboola.wr-db-mysql',
    id: '1006',
    name: 'Reporting database',
    description: 'What the dashboard reads.',
    content: (changes) => ({
      parameters: {
        db: { host: 'reports.example.com', '#password': 'KBC::ProjectSecure::ZXhhbXBsZQ==' },
        batchSize: 1_000 * (changes + 1),
        tables: [{ tableId: 'out.c-finance.revenue', dbName: 'revenue', export: true }],
      },
      storage: {
        input: { tables: [{ source: 'out.c-finance.revenue', destination: 'revenue.csv' }] },
      },
    }),
  },
  {
    componentId: 'keboola.orchestrator',
    id: '1007',
    name: 'Daily load',
    description: 'Extract, transform, write.',
    content: (changes) => ({
      phases: [
        { id: 1, name: 'Extract', dependsOn: [] },
        { id: 2, name: 'Transform', dependsOn: [1] },
        { id: 3, name: 'Write', dependsOn: [2] },
      ],
      tasks: [
        task(1, 1, 'Load the shop', 'keboola.ex-db-mysql', '1001', 1),
        task(2, 2, 'Revenue by day', 'keboola.snowflake-transformation', '1003', 1),
        task(3, 3, 'Write revenue', 'keboola.wr-db-mysql', '1006', 1 + changes),
      ],
    }),
  },
  {
    componentId: 'keboola.scheduler',
    id: '1008',
    name: 'Every morning',
    description: '',
    content: (changes) => ({
      schedule: { cronTab: `${changes % 60} 5 * * *`, timezone: 'UTC', state: 'enabled' },
      target: { componentId: 'keboola.orchestrator', configurationId: '1007', mode: 'run' },
    }),
  },
];

const countries = ['CZ', 'SK', 'AT', 'DE'];

function mysqlTable(table: string, limit: number): Record<string, unknown> {
  return {
    parameters: {
      query: `SELECT * FROM ${table} ORDER BY id DESC LIMIT ${limit}`,
      outputTable: `in.c-shop.${table}`,
      incremental: true,
      primaryKey: ['id'],
    },
  };
}

function task(
  id: number,
  phase: number,
  name: string,
  componentId: string,
  configId: string,
  retries: number,
): Record<string, unknown> {
  return { id, name, phase, task: { componentId, configId, mode: 'run', retries } };
}
