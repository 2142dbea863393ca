import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../../db/connect.ts';

/** The work that PostgreSQL does for a query, which is the same on any machine. */
export interface QueryWork {
  /** The rows read from tables, whether or not they are in the result. */
  rows: number;
  /** The pages of 8 KiB that were read, of tables, indexes and long texts. */
  pages: number;
}

interface PlanNode {
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: PlanNode[];
}

/** Runs `query`, which must be one statement of raw SQL, with `EXPLAIN ANALYZE` in front of that statement. */
export async function workOf(db: Db, query: (db: Db) => Promise<unknown>): Promise<QueryWork> {
  const plans: PlanNode[] = [];
  const explaining = db.withPlugin({
    transformQuery({ node }) {
      if (node.kind !== 'RawNode') throw new Error(`Not raw SQL: ${node.kind}.`);
      const [first = '', ...rest] = node.sqlFragments;
      const explained = `EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) ${first}`;
      return { ...node, sqlFragments: [explained, ...rest] };
    },
    transformResult({ result }) {
      for (const row of result.rows)
        for (const { Plan } of row['QUERY PLAN'] as { Plan: PlanNode }[]) plans.push(Plan);
      return Promise.resolve({ ...result, rows: [] });
    },
  });
  await query(explaining);
  const [plan] = plans;
  if (plan === undefined || plans.length > 1) throw new Error(`${plans.length} statements ran.`);
  return { rows: rowsOf(plan), pages: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'] };
}

/** Like {@link workOf}, for a query that is built and not raw. */
export async function workOfSelect(query: {
  explain(format: 'json', options: RawBuilder<unknown>): Promise<unknown[]>;
}): Promise<QueryWork> {
  const [row] = await query.explain('json', sql`analyze, buffers, timing off`);
  const [plans] = Object.values(row as Record<string, { Plan: PlanNode }[]>);
  const plan = plans?.[0]?.Plan;
  if (plan === undefined) throw new Error('The query was not explained.');
  return { rows: rowsOf(plan), pages: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'] };
}

function rowsOf(node: PlanNode): number {
  const own =
    node['Relation Name'] === undefined
      ? 0
      : node['Actual Rows'] +
        (node['Rows Removed by Filter'] ?? 0) +
        (node['Rows Removed by Index Recheck'] ?? 0);
  const below = (node.Plans ?? []).reduce((sum, each) => sum + rowsOf(each), 0);
  return own * node['Actual Loops'] + below;
}
