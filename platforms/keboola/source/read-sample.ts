import { StreamFailure } from '../../../model/streams/errors.ts';
import type { TableSample } from '../../../model/platform/table-sample.ts';
import type { ReadSampleOptions } from '../../source.ts';
import { isTooLarge, refusedStatus } from './classify-failure.ts';
import type { JsonReader } from './json-reader.ts';
import type { StorageApiClient } from './storage-api-client.ts';

/** The maximum size of the answer in bytes: 100 rows of 100 columns with 1 KB each. */
const maxBytes = 16 * 1024 * 1024;
/** More than a table can have in any backend. */
const maxColumns = 10_000;
/**
 * Statuses that are about this table (too wide, no access, a broken view, deleted), not about the project.
 */
const ofTheTable = new Set([400, 403, 404, 422, 501]);

/**
 * Reads the first rows of a table with the Storage API's data preview. `null` if the table has none: it does
 * not exist, is too wide or broken, or the token may not read it. Requests JSON, because CSV does not
 * distinguish an empty text from a missing value. Throws a `StreamFailure` for problems of the whole project.
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

/** Decodes `{columns: ["id"], rows: [[{columnName, value, isTruncated}]]}`. */
function decodeSample(answer: JsonReader, tableId: string, most: number): TableSample | null {
  const columns = answer
    .at('columns')
    .items()
    .map((column) => column.text());
  // Each row gets a cell for every column, so a large number of columns must not multiply the size of the
  // answer.
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
