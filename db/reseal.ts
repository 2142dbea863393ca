import { sql, type RawBuilder } from 'kysely';
import { webhookContext } from './knowledge/spaces.ts';
import type { Db } from './connect.ts';
import { changeContext } from './mirror/change-bodies.ts';
import { dayContext } from './mirror/job-days.ts';
import { runContext } from './mirror/job-runs.ts';
import { tokenContext } from './mirror/projects.ts';
import { snapshotContext } from './mirror/snapshots.ts';
import { sampleContext } from './mirror/table-samples.ts';
import type { Sealer } from './sealing.ts';
import { fileContext } from './streams/batches.ts';
import { credentialContext } from './streams/credentials.ts';

/** Where sealed values are kept, and what each belongs to, by the key of its row. */
interface SealedColumn {
  table: string;
  column: string;
  key: string[];
  context: (...key: string[]) => string;
}

/** All columns that hold sealed values. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'projects', column: 'source_token', key: ['id'], context: tokenContext },
  { table: 'credentials', column: 'secret', key: ['id'], context: credentialContext },
  { table: 'spaces', column: 'webhook_secrets', key: ['id'], context: webhookContext },
  { table: 'batch_files', column: 'content', key: ['batch_id', 'path'], context: fileContext },
  {
    table: 'change_events',
    column: 'body',
    key: ['project_id', 'branch_id', 'sequence'],
    context: (projectId, branchId) => changeContext({ projectId, branchId }),
  },
  { table: 'job_runs', column: 'body', key: ['stream', 'run_id'], context: runContext },
  { table: 'job_days', column: 'body', key: ['stream', 'day'], context: dayContext },
  {
    table: 'table_samples',
    column: 'content',
    key: ['stream', 'table_id'],
    context: sampleContext,
  },
  ...['facts', 'storage'].map((column) => ({
    table: 'snapshots',
    column,
    key: ['stream'],
    context: (stream: string) => snapshotContext(stream, column),
  })),
  {
    table: 'snapshot_configurations',
    column: 'entry',
    key: ['stream', 'key'],
    context: snapshotContext,
  },
];

const rowsAtOnce = 50;

/**
 * Seals what an earlier key sealed with the sealer's own key, and returns the number of values. It can be interrupted
 * and repeated, also while others write. Throws `SealError` at a value that the sealer cannot open.
 */
export async function reseal(db: Db, sealer: Sealer): Promise<number> {
  let count = 0;
  for (const column of sealedColumns) count += await resealColumn(db, sealer, column);
  return count;
}

async function resealColumn(db: Db, sealer: Sealer, sealed: SealedColumn): Promise<number> {
  const table = sql.table(sealed.table);
  const column = sql.ref(sealed.column);
  const key = sql.join(sealed.key.map((name) => sql.ref(name)));
  let count = 0;
  for (let after: string[] | null = null; ;) {
    const isNext: RawBuilder<unknown> =
      after === null ? sql`true` : sql`(${key}) > (${sql.join(after)})`;
    const { rows }: { rows: { key: string[]; value: Buffer }[] } = await sql<{
      key: string[];
      value: Buffer;
    }>`
      SELECT ARRAY[${sql.join(sealed.key.map((name) => sql`${sql.ref(name)}::text`))}] AS key, ${column} AS value
      FROM ${table} WHERE substring(${column} FROM 1 FOR ${sealer.header.length}) <> ${sealer.header} AND ${isNext}
      ORDER BY ${key} LIMIT ${rowsAtOnce}`.execute(db);
    for (const row of rows) {
      const context = sealed.context(...row.key);
      const value = sealer.seal(sealer.open(row.value, context), context);
      // Unless somebody replaced or removed it meanwhile.
      const { numAffectedRows = 0n } = await sql`
        UPDATE ${table} SET ${column} = ${value}
        WHERE (${key}) = (${sql.join(row.key)}) AND ${column} = ${row.value}`.execute(db);
      count += Number(numAffectedRows);
    }
    after = rows.at(-1)?.key ?? null;
    if (rows.length < rowsAtOnce) return count;
  }
}
