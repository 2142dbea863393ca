import pMap from 'p-map';
import type { ReadTableSample, StoredSample } from '../../../db/mirror/table-samples.ts';
import { StreamFailure } from '../../../model/streams/errors.ts';
import { sampleKey } from '../../../model/platform/object-key.ts';
import { refreshPace, type SamplesPolicy } from '../../../model/mirror/samples.ts';
import type { ProjectStorage, Table } from '../../../model/platform/storage.ts';
import type { RenderWarning } from '../../../model/platform/tree.ts';
import type { PartContext } from './tree-part.ts';

/** A table that should have a sample. */
export interface WantedTable {
  table: Table;
  /** The columns whose values are read. */
  read: string[];
  masked: string[];
}

/** How many tables are read at the same time. */
const parallelReads = 4;
/** After this many failures in a row, the platform is left alone until the next catch-up. */
const failuresInARow = 3;
/** The step in which tables are read. */
const reading = 'Reading samples of tables';
/** How often a table is read that does not say when it changed (a view, a linked table). */
const unknownPace = 24 * 60 * 60_000;

/**
 * The tables whose stored sample is not what is wanted: there is none, it was read with other settings, or the
 * table has changed since. With a refresh pace, a table is not due sooner than that after the last reading. New
 * tables come first.
 */
export function dueTables(
  wanted: readonly WantedTable[],
  storage: ProjectStorage,
  stored: ReadonlyMap<string, StoredSample>,
  policy: SamplesPolicy,
  now: Date,
): WantedTable[] {
  const pace = refreshPace(policy.refresh) ?? 0;
  const changed = changeTimes(storage);
  const fresh: WantedTable[] = [];
  const again: WantedTable[] = [];
  for (const one of wanted) {
    const known = stored.get(one.table.id);
    if (known === undefined) fresh.push(one);
    else if (isDue(one, known)) again.push(one);
  }
  return [...fresh, ...again];

  function isDue(one: WantedTable, { asked, changedAt, readAt }: StoredSample): boolean {
    if (asked !== askedOf(one, policy)) return true;
    const age = now.getTime() - readAt.getTime();
    const changedNow = changed(one.table);
    if (changedNow === null) return age >= Math.max(pace, unknownPace);
    return changedNow !== changedAt && age >= pace;
  }
}

/** Reads these tables, some at the same time; a table that cannot be read becomes a warning. */
export async function readTables(
  { row, source, storage, execution, asOf }: PartContext,
  tables: readonly WantedTable[],
): Promise<{ read: ReadTableSample[]; failures: RenderWarning[] }> {
  const read: ReadTableSample[] = [];
  const failures: RenderWarning[] = [];
  const policy = row.policy.samples;
  const changed = changeTimes(storage);
  const { length: total } = tables;
  let failed = 0;
  let done = 0;
  if (total > 0) execution.step(reading, { done, total });
  await pMap(tables, readOne, { concurrency: parallelReads });
  return { read, failures };

  async function readOne(wanted: WantedTable): Promise<void> {
    if (failed >= failuresInARow) return;
    const { table, read: columns, masked } = wanted;
    const { signal } = execution;
    try {
      const sample = await source.readSample(row.branchId, table.id, {
        rows: policy.rows,
        // Without masked columns no list is needed; for a wide table it could be too long for a URL.
        ...(masked.length > 0 ? { columns } : {}),
        signal,
      });
      failed = 0;
      read.push({
        tableId: table.id,
        asked: askedOf(wanted, policy),
        changedAt: changed(table),
        readAt: asOf,
        sample: sample && withoutMasked({ ...sample, tableId: table.id }, new Set(columns)),
      });
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof StreamFailure)) throw error;
      failed++;
      const message = `The sample of ${table.id} could not be read, and stays as it was: ${error.message}`;
      failures.push({ owner: sampleKey(row.branchId, table.id), message });
    }
    execution.step(reading, { done: ++done, total });
  }
}

/** If a platform returns more columns than were requested, the others must not be stored. */
function withoutMasked<T extends { columns: string[]; rows: (string | null)[][] }>(
  sample: T,
  asked: ReadonlySet<string>,
): T {
  if (sample.columns.every((name) => asked.has(name))) return sample;
  const kept = [...sample.columns.keys()].filter((index) => asked.has(sample.columns[index] ?? ''));
  return {
    ...sample,
    columns: kept.map((index) => sample.columns[index] ?? ''),
    rows: sample.rows.map((row) => kept.map((index) => row[index] ?? null)),
  };
}

/** What is requested of a table, as text that differs if the request does. */
function askedOf({ read }: WantedTable, { rows }: SamplesPolicy): string {
  return JSON.stringify([rows, read]);
}

/** When a table's data last changed; for an alias, the data of its table, if that is known. */
function changeTimes(storage: ProjectStorage | null): (table: Table) => string | null {
  const byId = new Map(storage?.tables.map((table) => [table.id, table]));
  return ({ alias, volatile }) => {
    if (alias === null) return volatile.lastChangedAt;
    return alias.projectId === null
      ? (byId.get(alias.tableId)?.volatile.lastChangedAt ?? null)
      : null;
  };
}
