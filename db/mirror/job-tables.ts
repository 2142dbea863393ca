import { sql } from 'kysely';
import type { Db, Trx } from '../connect.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import type { JobRun, ShownTable } from '../../model/platform/job.ts';
import { storableText } from '../storable.ts';

const rowsAStatement = 5_000;

/**
 * Lists which tables the runs of each configuration have read and written since a time, in no
 * particular order.
 */
export async function listJobTables(
  db: Db,
  stream: StreamId,
  since: Date | null = null,
): Promise<ShownTable[]> {
  const all = db
    .selectFrom('jobTables')
    .select(['componentId', 'configId', 'direction', 'tableId'])
    .where('stream', '=', stream);
  const rows = await (since === null ? all : all.where('lastFinishedAt', '>=', since)).execute();
  return rows.map((row) => ({
    componentId: row.componentId,
    configId: row.configId,
    direction: row.direction,
    tableId: row.tableId,
  }));
}

/** Records the tables of these runs. Runs without a configuration are skipped. */
export async function noteJobTables(
  trx: Trx,
  stream: StreamId,
  runs: readonly JobRun[],
): Promise<void> {
  const found = new Map<string, { shown: ShownTable; at: string }>();
  for (const run of runs) {
    for (const shown of shownTables(run)) {
      const key = tableIdentity(shown);
      const at = found.get(key)?.at ?? run.finishedAt;
      found.set(key, { shown, at: at > run.finishedAt ? at : run.finishedAt });
    }
  }
  // Always in the same order, so that two transactions cannot wait for each other.
  const rows = [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { shown, at }]) => ({
      stream,
      componentId: shown.componentId,
      configId: shown.configId,
      direction: shown.direction,
      tableId: shown.tableId,
      lastFinishedAt: at,
    }));
  for (let start = 0; start < rows.length; start += rowsAStatement) {
    await trx
      .insertInto('jobTables')
      .values(rows.slice(start, start + rowsAStatement))
      .onConflict((conflict) =>
        conflict
          .columns(['stream', 'componentId', 'configId', 'direction', 'tableId'])
          .doUpdateSet({
            lastFinishedAt: sql<Date>`greatest(job_tables.last_finished_at, excluded.last_finished_at)`,
          }),
      )
      .execute();
  }
}

/** Removes the tables that no run has read or written since this time. */
export async function removeOldJobTables(trx: Trx, stream: StreamId, before: Date): Promise<void> {
  await trx
    .deleteFrom('jobTables')
    .where('stream', '=', stream)
    .where('lastFinishedAt', '<', before)
    .execute();
}

/** A key that is unique for each of these. */
export function tableIdentity({ componentId, configId, direction, tableId }: ShownTable): string {
  return JSON.stringify([componentId, configId, direction, tableId]);
}

/** The tables that a run shows its configuration to read and write, in the form that is stored. */
export function shownTables({ componentId, configId, inputs, outputs }: JobRun): ShownTable[] {
  if (configId === null) return [];
  const shown = (direction: ShownTable['direction']) => ({
    componentId: storableText(componentId),
    configId: storableText(configId),
    direction,
  });
  return [
    ...inputs.map(({ table }) => ({ ...shown('read'), tableId: storableText(table) })),
    ...outputs.map(({ table }) => ({ ...shown('write'), tableId: storableText(table) })),
  ];
}
