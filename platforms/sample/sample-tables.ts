/** A bucket of the sample project. */
export interface SampleBucket {
  id: string;
  description: string;
  /** The component whose configuration created it. */
  componentId: string;
  /** Another project that links to it, if there is one. */
  linkedBy?: { projectId: string; projectName: string; bucketId: string };
  tables: SampleTable[];
}

/** A table of the sample project. */
export interface SampleTable {
  name: string;
  description: string;
  /** The configuration that writes it. */
  by: { componentId: string; configId: string; rowId?: string };
  primaryKey: string[];
  rowsCount: number;
  /**
   * Name, type (such as `VARCHAR(255)`) and description. A `?` after the type means that the column may be
   * null.
   */
  columns: [name: string, type: string, description?: string][];
  /** Columns that contain personal data, as people tagged them. */
  personal?: string[];
}

const shop = { componentId: 'keboola.ex-db-mysql', configId: '1001' };

/** The buckets and tables that the sample's configurations read and write. */
export const sampleBuckets: readonly SampleBucket[] = [
  {
    id: 'in.c-shop',
    description: 'The web shop, as its database has it.',
    componentId: 'keboola.ex-db-mysql',
    tables: [
      {
        name: 'orders',
        description: 'Every order of the web shop, one row each.',
        by: { ...shop, rowId: '100101' },
        primaryKey: ['id'],
        rowsCount: 48_210,
        columns: [
          ['id', 'NUMBER(38,0)'],
          ['customer_id', 'NUMBER(38,0)', 'Who ordered: in.c-shop.customers.id.'],
          ['day', 'DATE', 'When it was ordered, in UTC.'],
          ['amount', 'NUMBER(12,2)?', 'In euros, with tax.'],
        ],
      },
      {
        name: 'customers',
        description: 'Everybody who ever ordered.',
        by: { ...shop, rowId: '100102' },
        primaryKey: ['id'],
        rowsCount: 9_874,
        columns: [
          ['id', 'NUMBER(38,0)'],
          ['name', 'VARCHAR(255)?'],
          ['email', 'VARCHAR(255)?'],
          ['country', 'VARCHAR(2)?', 'ISO 3166-1, two letters.'],
          ['days_since_order', 'NUMBER(38,0)?'],
        ],
        personal: ['email'],
      },
    ],
  },
  {
    id: 'in.c-targets',
    description: 'What sales plan.',
    componentId: 'keboola.ex-google-sheets',
    tables: [
      {
        name: 'monthly_targets',
        description: 'Target revenue by month.',
        by: { componentId: 'keboola.ex-google-sheets', configId: '1002', rowId: '100201' },
        primaryKey: ['month'],
        rowsCount: 24,
        columns: [
          ['month', 'VARCHAR(7)', 'Such as 2026-01.'],
          ['target', 'NUMBER(12,2)?', 'In euros.'],
        ],
      },
    ],
  },
  {
    id: 'out.c-finance',
    description: 'Figures for finance; other projects read them as well.',
    componentId: 'keboola.snowflake-transformation',
    linkedBy: { projectId: '4711', projectName: 'Group reporting', bucketId: 'in.c-shop-finance' },
    tables: [
      {
        name: 'revenue',
        description: 'Revenue by day.',
        by: { componentId: 'keboola.snowflake-transformation', configId: '1003' },
        primaryKey: ['day'],
        rowsCount: 730,
        columns: [
          ['day', 'DATE'],
          ['revenue', 'NUMBER(38,2)?', 'The amounts of all orders of that day.'],
        ],
      },
    ],
  },
  {
    id: 'out.c-crm',
    description: 'What is known of customers.',
    componentId: 'keboola.python-transformation-v2',
    tables: [
      {
        name: 'churn',
        description: 'Which customers are likely to leave.',
        by: { componentId: 'keboola.python-transformation-v2', configId: '1004' },
        primaryKey: ['id'],
        rowsCount: 9_874,
        columns: [
          ['id', 'NUMBER(38,0)'],
          ['name', 'VARCHAR(255)?'],
          ['email', 'VARCHAR(255)?'],
          ['country', 'VARCHAR(2)?'],
          ['days_since_order', 'NUMBER(38,0)?'],
          ['at_risk', 'BOOLEAN?', 'Has not ordered for longer than most.'],
        ],
      },
    ],
  },
];
