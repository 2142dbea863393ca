import type { Db } from '../../db/connect.ts';

/** What PostgreSQL goes through for a query, which is the same on any machine. */
export interface QueryWork {
  /** Rows that were looked at in tables, whether or not they are in the answer. */
  rows: number;
  /** Pages of 8 KiB that were looked at, in tables, indexes and where long texts are kept. */
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

/** Runs `query`, which is one statement of raw SQL, under `EXPLAIN ANALYZE` in place of the statement itself. */
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
