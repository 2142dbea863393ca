import { stringify } from 'csv-stringify/sync';
import type { Json } from '../../model/text/json.ts';
import type { SampleFormat } from '../../model/mirror/samples.ts';
import { formatItemLines } from '../tree/item-lines.ts';
import type { ArrangedRows } from './arrange-rows.ts';

/** The text of a sample's file, and the number of rows in it. */
export interface SampleText {
  text: string;
  rows: number;
}

/**
 * Writes the first rows in a format, as many as fit into `maxBytes`. Returns `null` if not even the column
 * names fit.
 */
export function sampleText(
  format: SampleFormat,
  tableId: string,
  { columns, rows }: ArrangedRows,
  maxBytes: number,
): SampleText | null {
  const write = (count: number): string =>
    format === 'csv'
      ? csv([columns, ...rows.slice(0, count)])
      : json(tableId, { columns, rows: rows.slice(0, count) });
  const fits = (text: string): boolean => Buffer.byteLength(text) <= maxBytes;
  const all = write(rows.length);
  if (fits(all)) return { text: all, rows: rows.length };
  // The size grows with the number of rows, so a binary search finds the largest that fits.
  let most: SampleText | null = null;
  let low = 0;
  let high = rows.length - 1;
  while (low <= high) {
    const count = Math.floor((low + high) / 2);
    const text = write(count);
    if (fits(text)) {
      most = { text, rows: count };
      low = count + 1;
    } else high = count - 1;
  }
  return most;
}

/**
 * As in RFC 4180: lines end in CRLF, and a value with a comma, a quote or a line end is quoted. An empty text
 * is also quoted, to distinguish it from a missing value.
 */
function csv(lines: readonly (readonly (string | null)[])[]): string {
  return stringify(
    lines.map((line) => [...line]),
    { record_delimiter: '\r\n', quoted_match: [/^$/, /[\r\n]/, /^\s|\s$/] },
  );
}

/** One line per row, so that the diff of a change is small. */
function json(tableId: string, { columns, rows }: ArrangedRows): string {
  return formatItemLines(
    new Map<string, Json>([
      ['tableId', tableId],
      ['columns', [...columns]],
      ['rows', rows.map((row) => [...row])],
    ]),
  );
}
