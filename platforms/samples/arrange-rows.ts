import type { TableSample } from '../../model/platform/table-sample.ts';
import { compareBytes } from '../tree/byte-order.ts';
import { protectText } from '../tree/secrets.ts';

/** What stands for every value of a masked column: a digest would let one guess. */
export const mask = '***';
/** Characters of a value at most. */
export const maxCell = 1_000;
/** What a longer value ends in. */
export const cutMark = '… [cut]';

/** A value of a sample; `null` where the table has none. */
export type Cell = string | null;

/** How rows are arranged. */
export interface ArrangeOptions {
  /** The table's columns, in its order. */
  columns: readonly string[];
  masked: ReadonlySet<string>;
  /** Rows at most. */
  rows: number;
  secrets: 'encrypted' | 'omitted';
}

/** A sample as it is written: columns in the table's order, rows in the order of their bytes. */
export interface ArrangedRows {
  columns: string[];
  rows: Cell[][];
}

/**
 * Arranges a sample: columns in the table's order, masked ones as {@link mask}, long values cut, rows
 * sorted, so that the order in which the platform gave them does not show. Columns that the sample has no
 * values of, and that are not masked, are left out.
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
  // Git takes a file with a NUL for a binary one, and UTF-8 has no halves of characters.
  const clean = text.replace(/[\p{Surrogate}\0]/gu, '\ufffd');
  if (clean.length <= maxCell) return clean;
  const characters = Array.from(clean);
  if (characters.length <= maxCell) return clean;
  return `${characters.slice(0, maxCell - cutMark.length).join('')}${cutMark}`;
}

/** Cell by cell; what has no value comes first. */
function compareRows(a: readonly Cell[], b: readonly Cell[]): number {
  for (const [index, x] of a.entries()) {
    const y = b[index] ?? null;
    if (x === y) continue;
    if (x === null) return -1;
    return y === null ? 1 : compareBytes(x, y);
  }
  return 0;
}
