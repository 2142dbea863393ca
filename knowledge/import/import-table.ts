import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { CsvError, parse, type Options } from 'csv-parse';
import type { EntryFields, JsonValue } from '../../model/knowledge/entry.ts';
import { CsvBounds, tableLimits } from './csv-bounds.ts';
import { BadTable, delimiterOf, isObject, listIn } from './table-format.ts';

/** A row of a table, and its place in the file: `line 3` in CSV, where it begins; `item 2` in JSON. */
export interface TableRow {
  place: string;
  values: EntryFields;
}

/** CSV is read in pieces, and others get a turn after each of them. */
const pieceOfCsv = 16 * 1024;

/**
 * The rows of a table from an existing database, one after another: CSV with a header (separated by commas,
 * semicolons or tabs), or JSON: an array of objects, or an object that contains one. What PostgreSQL and Git cannot store stays in the rows, for the caller to refuse: half a surrogate pair in CSV
 * becomes NUL. Throws {@link BadTable}, also for a table beyond the `tableLimits`.
 */
export function tableRows(format: 'csv' | 'json', content: string): AsyncGenerator<TableRow> {
  return format === 'csv' ? csvRows(content) : jsonRows(content);
}

async function* csvRows(content: string): AsyncGenerator<TableRow> {
  const delimiter = delimiterOf(content);
  const lines = new RowLines();
  const options: Options<CsvRow, RawRow> = {
    ...{ bom: true, delimiter, skip_empty_lines: true, raw: true },
    // It is called before an error in a later row is reported, which discards the rows that nobody has taken yet.
    on_record: ({ raw, record }) => ({ line: lines.take(raw), record }),
  };
  // Its types know such rows only of tables whose columns it names itself.
  const parser = parse(options as unknown as Options);
  const reading = pipeline(Readable.from(pieces(content, delimiter)), parser);
  // The parser fails with the same error, below.
  reading.catch(() => undefined);
  let columns: string[] | null = null;
  try {
    for await (const { line, record } of parser as AsyncIterable<CsvRow>) {
      if (columns === null) columns = checkColumns(record);
      else
        yield {
          place: `line ${line}`,
          values: Object.fromEntries(columns.map((column, index) => [column, record[index] ?? ''])),
        };
    }
  } catch (error) {
    // The message may repeat a whole cell, and names the line where the parser was, which may be the end of the file.
    if (error instanceof CsvError)
      throw new BadTable(
        `line ${lines.next(content)}: ${error.message.replace(/ (?:at|on) line \d+/, '').slice(0, 300)}`,
        { cause: error },
      );
    throw error;
  }
  if (columns === null)
    throw new BadTable('The CSV is empty: its first line must name the columns.');
}

/** A row as the parser gives it with `raw`: with its characters in the file. */
interface RawRow {
  raw: string;
  record: string[];
}

/** A row, and the line where it begins. */
interface CsvRow {
  line: number;
  record: string[];
}

/** Counts the lines of the file, as editors show them. */
class RowLines {
  #line = 1;
  /** Characters. */
  #length = 0;

  /** The line where a row begins. `raw` is what the file has between it and the row before it, and the row. */
  take(raw: string): number {
    const first = this.#line + emptyLines(raw);
    this.#line += lineEnds(raw);
    this.#length += raw.length;
    return first;
  }

  /** The line where the next row begins. */
  next(content: string): number {
    return this.#line + emptyLines(content.replace(/^\ufeff/, '').slice(this.#length));
  }
}

function emptyLines(text: string): number {
  return lineEnds(/^[\r\n]*/.exec(text)?.[0] ?? '');
}

function lineEnds(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}

async function* pieces(content: string, delimiter: string): AsyncGenerator<Buffer> {
  const bounds = new CsvBounds(delimiter);
  // UTF-8 has no half surrogate pairs: they would become other characters without anybody being told.
  const bytes = Buffer.from(content.replace(/\p{Surrogate}/gu, '\0'));
  for (let start = 0; start < bytes.length; start += pieceOfCsv) {
    const piece = bytes.subarray(start, start + pieceOfCsv);
    const excess = bounds.look(piece);
    if (excess !== null) throw new BadTable(`${excess} Import it in parts.`);
    yield piece;
    await setImmediate();
  }
}

function checkColumns(columns: readonly string[]): string[] {
  const names = new Set<string>();
  for (const [index, column] of columns.entries()) {
    const name = column.trim();
    const number = index + 1;
    if (name === '')
      throw new BadTable(`Column ${number} has no name: the first line must name all columns.`);
    if (name.length > tableLimits.columnName)
      throw new BadTable(
        `The name of column ${number} is longer than ${tableLimits.columnName} characters.`,
      );
    if (name.includes('\0'))
      throw new BadTable(
        `The name of column ${number} contains NUL or half of a surrogate pair, which cannot be stored.`,
      );
    if (names.has(name)) throw new BadTable(`There are two columns named "${name}".`);
    names.add(name);
  }
  return [...names];
}

// eslint-disable-next-line @typescript-eslint/require-await -- it is used like the one for CSV
async function* jsonRows(content: string): AsyncGenerator<TableRow> {
  let parsed: JsonValue;
  try {
    parsed = JSON.parse(content.replace(/^\ufeff/, '')) as JsonValue;
  } catch (cause) {
    throw new BadTable(`This is not JSON: ${(cause as Error).message}`, { cause });
  }
  for (const [index, item] of listIn(parsed).entries()) {
    const place = `item ${index + 1}`;
    if (!isObject(item)) throw new BadTable(`${place} is not an object.`);
    yield { place, values: item };
  }
}
