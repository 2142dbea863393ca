import { sampleConfigurations, type SampleConfiguration } from './sample-configurations.ts';

/** The sample's development branch, in which someone tries how a discount would affect the revenue. */
export const sampleDevelopmentBranch = {
  id: '1001',
  name: 'Try a discount',
  isDefault: false,
} as const;

/** A configuration that was created or changed in the development branch. */
export interface DevelopedConfiguration extends SampleConfiguration {
  version: number;
  changeDescription: string;
}

const discounted: DevelopedConfiguration = {
  componentId: 'keboola.snowflake-transformation',
  id: '1003',
  name: 'Daily revenue',
  description: 'Revenue by day, for the dashboard; with a discount of 10 % for large orders.',
  version: 2,
  changeDescription: 'What if large orders were 10 % cheaper?',
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
                'CREATE TABLE "revenue" AS\nSELECT "day",\n' +
                  '  SUM(CASE WHEN "amount" >= 100 THEN "amount" * 0.9 ELSE "amount" END) AS "revenue"\n' +
                  'FROM "orders"\n' +
                  `WHERE "amount" > 0 AND "day" >= DATEADD(day, -${30 + changes}, CURRENT_DATE)\nGROUP BY "day";`,
              ],
            },
          ],
        },
      ],
    },
  }),
};

const comparison: DevelopedConfiguration = {
  componentId: 'keboola.snowflake-transformation',
  id: '1009',
  name: 'Cost of the discount',
  description: 'What the discount would have cost, by day.',
  version: 1,
  changeDescription: 'How much is it?',
  content: (changes) => ({
    storage: {
      input: { tables: [{ source: 'in.c-shop.orders', destination: 'orders' }] },
      output: { tables: [{ source: 'discount', destination: 'out.c-finance.discount' }] },
    },
    parameters: {
      blocks: [
        {
          name: 'Discount',
          codes: [
            {
              name: 'By day',
              script: [
                'CREATE TABLE "discount" AS\nSELECT "day", SUM("amount") * 0.1 AS "cost"\nFROM "orders"\n' +
                  `WHERE "amount" >= ${100 + changes}\nGROUP BY "day";`,
              ],
            },
          ],
        },
      ],
    },
  }),
};

/** The sheet of targets is not needed here, and loading it would only take time. */
const dropped = { componentId: 'keboola.ex-google-sheets', id: '1002' };

/**
 * Everything in the development branch: the project as it was when the branch was created, with one
 * configuration changed, one added and one deleted. Later changes of the default branch are not in it.
 */
export const developedConfigurations: readonly (SampleConfiguration | DevelopedConfiguration)[] = [
  ...sampleConfigurations
    .filter((sample) => !isSame(sample, dropped))
    .map((sample) => (isSame(sample, discounted) ? discounted : sample)),
  comparison,
];

type Named = Pick<SampleConfiguration, 'componentId' | 'id'>;

function isSame(a: Named, b: Named): boolean {
  return a.componentId === b.componentId && a.id === b.id;
}
