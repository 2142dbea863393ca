import { stringify } from 'csv-stringify/sync';
import type { Json } from '../../model/text/json.ts';
import type { SampleFormat } from '../../model/mirror/samples.ts';
import { formatItemLines } from '../tree/item-lines.ts';
import type { ArrangedRows } from './arrange-rows.ts';

/** A sample's file, and how many rows are in it. */
export interface SampleText {
  text: string;
  rows: number;
}

/**
 * Writes rows in a format, as many of them from the first on as fit into `maxBytes`; none where not even
 * the columns' names do.
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
  // More rows are more bytes: halve the range in which the last that fits is.
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
 * RFC 4180: lines end in CRLF; a value with a comma, a quote or a line's end is in quotes. So is an empty
 * text, which tells it from no value.
 */
function csv(lines: readonly (readonly (string | null)[])[]): string {
  return stringify(
    lines.map((line) => [...line]),
    { record_delimiter: '\r\n', quoted_match: [/^$/, /[\r\n]/, /^\s|\s$/] },
  );
}

/** One line a row, so that a change is a small diff. */
function json(tableId: string, { columns, rows }: ArrangedRows): string {
  return formatItemLines(
    new Map<string, Json>([
      ['tableId', tableId],
      ['columns', [...columns]],
      ['rows', rows.map((row) => [...row])],
    ]),
  );
}
