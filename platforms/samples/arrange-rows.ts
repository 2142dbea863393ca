import type { TableSample } from '../../model/platform/table-sample.ts';
import { compareBytes } from '../tree/byte-order.ts';
import { protectText } from '../tree/secrets.ts';

/** What replaces every value of a masked column. With a digest, one could guess the value. */
export const mask = '***';
/** The maximum length of a value, in characters. */
export const maxCell = 1_000;
/** How a shortened value ends. */
export const cutMark = '… [cut]';

/** A value of a sample, or `null` if the table has no value there. */
export type Cell = string | null;

/** How to arrange rows. */
export interface ArrangeOptions {
  /** The table's columns, in the table's order. */
  columns: readonly string[];
  masked: ReadonlySet<string>;
  /** The maximum number of rows. */
  rows: number;
  secrets: 'encrypted' | 'omitted';
}

/** A sample as it is written: columns in the table's order, and rows sorted by their bytes. */
export interface ArrangedRows {
  columns: string[];
  rows: Cell[][];
}

/**
 * Arranges a sample: puts the columns in the table's order, replaces the values of masked columns by
 * {@link mask}, shortens long values, and sorts the rows, so that the order in which the platform returned
 * them does not show. Leaves out columns that have no values in the sample and are not masked.
 */
export function arrangeRows(sample: TableSample, options: ArrangeOptions): ArrangedRows {
  const { masked, secrets } = options;
  const places = new Map(sample.columns.map((name, index) => [name, index]));
  const columns = options.columns.filter((name) => masked.has(name) || places.has(name));
  const rows = sample.rows.slice(0, options.rows).map((row) =>
    columns.map((name): Cell => {
      if (masked.has(name)) return mask;
      const value = row[places.get(name) ?? -1] ?? null;
      return value === null ? null : cutCell(protectText(value, secrets));
    }),
  );
  return { columns, rows: rows.sort(compareRows) };
}

function cutCell(text: string): string {
  // Git treats a file with a NUL as binary, and UTF-8 cannot encode half of a surrogate pair.
  const clean = text.replace(/[\p{Surrogate}\0]/gu, '\ufffd');
  if (clean.length <= maxCell) return clean;
  const characters = Array.from(clean);
  if (characters.length <= maxCell) return clean;
  return `${characters.slice(0, maxCell - cutMark.length).join('')}${cutMark}`;
}

/** Compares rows value by value. Missing values come first. */
function compareRows(a: readonly Cell[], b: readonly Cell[]): number {
  for (const [index, x] of a.entries()) {
    const y = b[index] ?? null;
    if (x === y) continue;
    if (x === null) return -1;
    return y === null ? 1 : compareBytes(x, y);
  }
  return 0;
}
