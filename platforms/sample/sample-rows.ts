import type { TableSample } from '../../model/platform/table-sample.ts';
import { sampleBuckets } from './sample-tables.ts';

const countries = ['CZ', 'DE', 'AT', 'SK', 'PL'];

/** Made-up rows for a table of the sample project, or `null` if the table does not exist. */
export function sampleRows(
  tableId: string,
  { rows, columns }: { rows: number; columns?: readonly string[] },
): TableSample | null {
  const table = sampleBuckets
    .flatMap((bucket) => bucket.tables.map((one) => ({ ...one, id: `${bucket.id}.${one.name}` })))
    .find(({ id }) => id === tableId);
  if (table === undefined) return null;
  const names = table.columns
    .map(([name]) => name)
    .filter((name) => columns === undefined || columns.includes(name));
  const count = Math.min(rows, table.rowsCount, 20);
  return {
    tableId,
    columns: names,
    rows: Array.from({ length: count }, (_, index) => names.map((name) => valueOf(name, index))),
  };
}

/** The value of a column in a row. It is always the same, so that the tree does not change by itself. */
function valueOf(column: string, row: number): string | null {
  const day = new Date(Date.UTC(2026, 0, 1 + row)).toISOString().slice(0, 10);
  switch (column) {
    case 'id':
      return String(1_000 + row);
    case 'customer_id':
      return String(1_000 + ((row * 7) % 20));
    case 'day':
      return day;
    case 'month':
      return new Date(Date.UTC(2026, row, 1)).toISOString().slice(0, 7);
    case 'amount':
    case 'revenue':
    case 'target':
      return row % 9 === 8 ? null : ((row * 3_137) % 50_000).toFixed(2);
    case 'name':
      return row % 6 === 5 ? `Customer "${row}", Ltd.` : `Customer ${row}`;
    case 'email':
      return `customer-${row}@example.com`;
    case 'country':
      return countries[row % countries.length] ?? null;
    case 'days_since_order':
      return String((row * 13) % 90);
    case 'at_risk':
      return row % 4 === 0 ? 'true' : 'false';
    default:
      return null;
  }
}
