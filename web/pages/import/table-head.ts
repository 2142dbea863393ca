import type { EntryFields, JsonValue } from '../../../model/knowledge/entry.ts';
import { BadTable, delimiterOf, isObject, listIn } from '../../../knowledge/import/table-format.ts';

/** The beginning of a table: its columns, and its first rows. */
export interface TableHead {
  columns: string[];
  rows: EntryFields[];
}

/** So many rows are shown. */
const mostRows = 5;
/** Characters of the table that are looked at. */
const mostCharacters = 256 * 1024;

/** Reads the beginning of a table. Throws `Error` if it is none; what is wrong further down, the import finds. */
export async function readTableHead(format: 'csv' | 'json', content: string): Promise<TableHead> {
  const start = content.slice(0, mostCharacters).replace(/^\ufeff/, '');
  const isCut = content.length > mostCharacters;
  return format === 'csv' ? csvHead(start, isCut) : jsonHead(start, isCut);
}

async function csvHead(start: string, isCut: boolean): Promise<TableHead> {
  // The parser of the import, loaded only where there is a table.
  const { parse } = await import('csv-parse/browser/esm/sync');
  const records: string[][] = [];
  try {
    parse(start, {
      ...{ delimiter: delimiterOf(start), skip_empty_lines: true, to: mostRows + 1 },
      on_record: (record: string[]) => {
        records.push(record);
        return null;
      },
    });
  } catch (error) {
    // The last row that was looked at may have no end.
    if (!isCut || records.length === 0) throw error;
  }
  const [header, ...rows] = records;
  if (header === undefined) throw new BadTable('Its first line must name the columns.');
  const columns = header.map((column) => column.trim());
  return {
    columns: [...new Set(columns)],
    rows: rows.map((row) =>
      Object.fromEntries(columns.map((column, at) => [column, row[at] ?? ''])),
    ),
  };
}

async function jsonHead(start: string, isCut: boolean): Promise<TableHead> {
  const items = listIn(isCut ? await beginningOf(start) : (JSON.parse(start) as JsonValue));
  // What the beginning ends in is only a part of a row.
  const whole = isCut ? items.slice(0, -1) : items;
  const rows = whole.slice(0, mostRows).filter(isObject);
  return { columns: [...new Set(rows.flatMap((row) => Object.keys(row)))], rows };
}

/** What the beginning of a JSON text says. */
async function beginningOf(start: string): Promise<JsonValue> {
  const { parse } = await import('jsonc-parser');
  return parse(start) as JsonValue;
}
