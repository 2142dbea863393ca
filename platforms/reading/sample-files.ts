import { parse } from 'csv-parse/sync';
import type { ShownSample } from '../../model/mirror/reading/shown-object.ts';
import { fieldsOf, itemsOf, parsed, textOf } from './json-shapes.ts';
import type { FileParser, TreeFiles } from './layout-reading.ts';

/** The most that is read of a file: as many rows and bytes as a mirror's settings allow. */
const mostRows = 100;
const mostCharacters = 5_000_000;
/** A file of ours has 100 rows of at most some thousand columns. */
const mostCells = 500_000;

function hasTooManyCells(text: string): boolean {
  let cells = 0;
  for (let at = text.indexOf(','); at >= 0 && cells <= mostCells; at = text.indexOf(',', at + 1))
    cells += 1;
  return cells > mostCells;
}

const csvSample: FileParser<ShownSample> = {
  name: 'sample as CSV',
  parse(text) {
    if (text.length > mostCharacters || hasTooManyCells(text)) return null;
    try {
      const [columns, ...rows] = parse(text, {
        to: mostRows + 1,
        relaxColumnCount: true,
        // A missing value is written as nothing, and an empty one as two quotes.
        cast: (value, { quoting }) => (value === '' && !quoting ? null : value),
      }) as (string | null)[][];
      return columns === undefined ? null : { columns: columns.map((name) => name ?? ''), rows };
    } catch {
      return null;
    }
  },
};

const jsonSample: FileParser<ShownSample> = {
  name: 'sample as JSON',
  parse(text) {
    if (text.length > mostCharacters) return null;
    const { columns, rows } = fieldsOf(parsed(text));
    if (!Array.isArray(columns)) return null;
    const read = itemsOf(rows).slice(0, mostRows);
    return {
      columns: columns.map((name) => textOf(name) ?? ''),
      rows: read.map((row) => itemsOf(row).map(textOf)),
    };
  },
};

/** The first rows of a table, by the file of its sample: see `LayoutReading.sample`. */
export function readSample(path: string, tree: TreeFiles): Promise<ShownSample | null> {
  return tree.read(path, path.endsWith('.json') ? jsonSample : csvSample);
}
