import { Readable } from 'node:stream';
import { CsvError, parse, type Info } from 'csv-parse';
import type { EntryFields, JsonValue } from '../../model/knowledge/entry.ts';

/** A row of a table, and its place in the file: `line 3` in CSV, `item 2` in JSON. */
export interface TableRow {
  place: string;
  values: EntryFields;
}

/** The table cannot be read. The message says where and why. */
export class BadTable extends Error {
  override readonly name = 'BadTable';
}

/** CSV is read in pieces, so that other work can go on in between. */
const pieceOfCsv = 64 * 1024;

/**
 * The rows of a table from an existing database: CSV with a header (separated by commas, semicolons or tabs),
 * or JSON: an array of objects, or an object that contains one. Throws {@link BadTable}.
 */
export async function readTable(format: 'csv' | 'json', content: string): Promise<TableRow[]> {
  return format === 'csv' ? readCsv(content) : readJson(content);
}

async function readCsv(content: string): Promise<TableRow[]> {
  const records = Readable.from(pieces(Buffer.from(content))).pipe(
    parse({ bom: true, delimiter: delimiterOf(content), skip_empty_lines: true, info: true }),
  ) as AsyncIterable<{ info: Info; record: string[] }>;
  const rows: TableRow[] = [];
  let columns: string[] | null = null;
  try {
    for await (const { info, record } of records) {
      if (columns === null) columns = checkColumns(record);
      else
        rows.push({
          place: `line ${info.lines}`,
          values: Object.fromEntries(columns.map((column, index) => [column, record[index] ?? ''])),
        });
    }
  } catch (error) {
    if (error instanceof CsvError) throw new BadTable(error.message, { cause: error });
    throw error;
  }
  if (columns === null)
    throw new BadTable('The CSV is empty: its first line must name the columns.');
  return rows;
}

function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += pieceOfCsv)
    yield bytes.subarray(start, start + pieceOfCsv);
}

/** The most frequent separator in the header. Spreadsheets use the one of their country. */
function delimiterOf(content: string): string {
  const [header = ''] = content.split(/\r|\n/, 1);
  const [first] = [',', ';', '\t']
    .map((delimiter) => ({ delimiter, count: header.split(delimiter).length }))
    .sort((one, other) => other.count - one.count);
  return first?.delimiter ?? ',';
}

function checkColumns(columns: string[]): string[] {
  const named = columns.map((column) => column.trim());
  const nameless = named.indexOf('');
  if (nameless !== -1)
    throw new BadTable(`Column ${nameless + 1} has no name: the first line must name all columns.`);
  const twice = named.find((column, index) => named.indexOf(column) !== index);
  if (twice !== undefined) throw new BadTable(`There are two columns named "${twice}".`);
  return named;
}

function readJson(content: string): TableRow[] {
  let parsed: JsonValue;
  try {
    parsed = JSON.parse(content.replace(/^\ufeff/, '')) as JsonValue;
  } catch (cause) {
    throw new BadTable(`This is not JSON: ${(cause as Error).message}`, { cause });
  }
  return listIn(parsed).map((item, index) => {
    const place = `item ${index + 1}`;
    if (!isObject(item)) throw new BadTable(`${place} is not an object.`);
    return { place, values: item };
  });
}

function listIn(parsed: JsonValue): JsonValue[] {
  if (Array.isArray(parsed)) return parsed;
  const lists = isObject(parsed)
    ? Object.values(parsed).filter((value) => Array.isArray(value))
    : [];
  const [list] = lists;
  if (list === undefined || lists.length > 1)
    throw new BadTable('Use a list of objects, or an object with one list.');
  return list;
}

function isObject(value: JsonValue): value is EntryFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
