import { StreamFailure } from '../../../model/streams/errors.ts';
import type { TableSample } from '../../../model/platform/table-sample.ts';
import type { ReadSampleOptions } from '../../source.ts';
import { isTooLarge, refusedStatus } from './classify-failure.ts';
import type { JsonReader } from './json-reader.ts';
import type { StorageApiClient } from './storage-api-client.ts';

/** Bytes that the answer may have: 100 rows of 100 columns, each of 1 KB. */
const maxBytes = 16 * 1024 * 1024;
/** More than any backend's tables have. */
const maxColumns = 10_000;
/** Answers that are about this table (too wide, no rights on it, a broken view, gone) and not about the project. */
const ofTheTable = new Set([400, 403, 404, 422, 501]);

/**
 * The first rows of a table, by the Storage API's data preview; `null` where the table has none: it is gone,
 * too wide, broken, or the token may not read it. JSON is asked for, since CSV does not tell an empty text
 * from no value. Throws `StreamFailure` for what is of the whole project.
 */
export async function readSample(
  client: StorageApiClient,
  branchId: string,
  tableId: string,
  { rows, columns, signal }: ReadSampleOptions,
): Promise<TableSample | null> {
  const query = new URLSearchParams({ format: 'json', limit: String(Math.min(rows, 100)) });
  if (columns !== undefined) query.set('columns', columns.join(','));
  const path = `/branch/${encodeURIComponent(branchId)}/tables/${encodeURIComponent(tableId)}/data-preview`;
  try {
    return await client.get(
      `${path}?${query.toString()}`,
      (answer) => decodeSample(answer, tableId, rows),
      signal,
      maxBytes,
    );
  } catch (error) {
    if (!(error instanceof StreamFailure)) throw error;
    const status = refusedStatus(error);
    if (isTooLarge(error) || (status !== null && ofTheTable.has(status))) return null;
    throw error;
  }
}

/** `{columns: ["id"], rows: [[{columnName, value, isTruncated}]]}`. */
function decodeSample(answer: JsonReader, tableId: string, most: number): TableSample | null {
  const columns = answer
    .at('columns')
    .items()
    .map((column) => column.text());
  // Each row has a cell for each: what the answer's own size bounds must not be multiplied.
  if (columns.length > maxColumns) return null;
  const rows = answer
    .at('rows')
    .items()
    .slice(0, most)
    .map((row) => {
      const values = new Map(
        row.items().map((cell) => {
          const value = cell.at('value');
          return [cell.at('columnName').text(), value.isAbsent ? null : value.text()];
        }),
      );
      return columns.map((column) => values.get(column) ?? null);
    });
  return { tableId, columns, rows };
}
