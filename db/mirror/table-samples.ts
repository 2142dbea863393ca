import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import type { Db, Trx } from '../connect.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import type { TableSample } from '../../model/platform/table-sample.ts';
import type { ObjectKey } from '../../model/platform/tree.ts';
import type { Sealer } from '../sealing.ts';
import { storableText } from '../storable.ts';

/** What is known about a stored sample, without its rows. */
export interface StoredSample {
  /** What was requested; if the request changes, the sample is read again. */
  asked: string;
  /**
   * When the table had last changed at that time, in ISO 8601 as the source gave it; `null` if it
   * does not say.
   */
  changedAt: string | null;
  readAt: Date;
  /** Whether the table had a preview. */
  hasRows: boolean;
}

/**
 * A sample that was read. Without `sample`, the table had no preview, which is not requested again.
 */
export interface ReadTableSample extends Omit<StoredSample, 'hasRows'> {
  tableId: string;
  sample: TableSample | null;
}

const AT_ONCE = 200;

/** Lists the samples that a stream has, by table id. */
export async function listStoredSamples(
  db: Db,
  stream: StreamId,
): Promise<Map<string, StoredSample>> {
  const rows = await db
    .selectFrom('tableSamples')
    .select(['tableId', 'asked', 'changedAt', 'readAt'])
    .select(sql<boolean>`content IS NOT NULL`.as('hasRows'))
    .where('stream', '=', stream)
    .execute();
  return new Map(
    rows.map(({ tableId, asked, changedAt, readAt, hasRows }) => [
      tableId,
      { asked, changedAt, readAt, hasRows },
    ]),
  );
}

/**
 * Reads the stored rows of these tables, ordered by id, a few at a time. Tables without rows are
 * left out.
 */
export async function* readStoredSamples(
  db: Db,
  sealer: Sealer,
  stream: StreamId,
  tableIds: readonly string[],
): AsyncGenerator<TableSample> {
  const sorted = [...tableIds].sort();
  for (let start = 0; start < sorted.length; start += AT_ONCE) {
    const rows = await db
      .selectFrom('tableSamples')
      .select(['tableId', 'content'])
      .where('stream', '=', stream)
      .where('tableId', 'in', sorted.slice(start, start + AT_ONCE))
      .where('content', 'is not', null)
      .orderBy('tableId')
      .execute();
    for (const { tableId, content } of rows) {
      if (content === null) continue;
      const text = gunzipSync(sealer.open(content, sampleContext(stream, tableId))).toString();
      const { columns, rows: values } = JSON.parse(text) as Omit<TableSample, 'tableId'>;
      yield { tableId, columns, rows: values };
    }
  }
}

/** Stores what was read, sealed, replacing what was there. */
export async function putSamples(
  trx: Trx,
  sealer: Sealer,
  stream: StreamId,
  read: readonly ReadTableSample[],
): Promise<void> {
  for (const { tableId, asked, changedAt, readAt, sample } of read) {
    const columns = {
      asked: storableText(asked),
      changedAt,
      readAt,
      content: sample && sealedRows(sealer, stream, sample),
    };
    await trx
      .insertInto('tableSamples')
      .values({ stream, tableId, ...columns })
      .onConflict((conflict) => conflict.columns(['stream', 'tableId']).doUpdateSet(columns))
      .execute();
  }
}

/** Removes the samples of all other tables. */
export async function forgetSamples(
  trx: Trx,
  stream: StreamId,
  kept: readonly string[],
): Promise<void> {
  await trx
    .deleteFrom('tableSamples')
    .where('stream', '=', stream)
    .where(sql<boolean>`NOT (table_id = ANY (${kept}::text[]))`)
    .execute();
}

/** Lists the files of the rendered state below a folder: path → owner. */
export async function listRenderedBelow(
  db: Db,
  stream: StreamId,
  folder: string,
): Promise<Map<string, ObjectKey>> {
  const rows = await db
    .selectFrom('renderedFiles')
    .select(['path', 'owner'])
    .where('stream', '=', stream)
    // A range of the primary key (`0` comes after `/`): the owners of samples.
    .where('owner', '>=', 'sample/')
    .where('owner', '<', 'sample0')
    .where('path', '>', `${folder}/`)
    .where('path', '<', `${folder}0`)
    .execute();
  return new Map(rows.map(({ path, owner }) => [path, owner]));
}

/** Whether the rendered state has a file below a folder. */
export async function hasRenderedBelow(db: Db, stream: StreamId, folder: string): Promise<boolean> {
  const row = await db
    .selectFrom('renderedFiles')
    .select('path')
    .where('stream', '=', stream)
    .where('owner', '>=', 'sample/')
    .where('owner', '<', 'sample0')
    .where('path', '>', `${folder}/`)
    .where('path', '<', `${folder}0`)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

function sealedRows(
  sealer: Sealer,
  stream: StreamId,
  { tableId, columns, rows }: TableSample,
): Buffer {
  return sealer.seal(gzipSync(JSON.stringify({ columns, rows })), sampleContext(stream, tableId));
}

/** What a table's sealed sample belongs to. */
export function sampleContext(stream: StreamId, tableId: string): string {
  return `table-samples/${stream}/${tableId}`;
}
