import type { Json, JsonObject } from '../../../../../model/text/json.ts';
import type { KnownBy } from './edge.ts';
import { valuesAt } from './json-path.ts';
import { namedBucket, namedTable, type NamedTable } from './table-ids.ts';

/** A table that is named in the content of a configuration or a row. */
export interface ContentTable {
  table: NamedTable;
  direction: 'write' | 'read';
  knownBy: KnownBy;
}

/** Finds the tables that have this metadata. */
export type FindTables = (key: string, value: string) => NamedTable[];

interface Shape {
  path: readonly string[];
  direction: 'write' | 'read';
  knownBy: KnownBy;
  named: (value: Json) => NamedTable | null;
}

const shape = (
  path: string,
  direction: Shape['direction'],
  knownBy: KnownBy,
  named: Shape['named'] = namedTable,
): Shape => ({ path: path.split('.'), direction, knownBy, named });

/** The mappings that all components have. A task of a flow may have its own. */
const mappings = (prefix: string): Shape[] => [
  shape(`${prefix}storage.input.tables.*.source`, 'read', 'input-mapping'),
  shape(`${prefix}storage.output.tables.*.destination`, 'write', 'output-mapping'),
  shape(`${prefix}storage.output.default_bucket`, 'write', 'output-mapping', namedBucket),
];

const shapes: readonly Shape[] = [
  ...mappings(''),
  ...mappings('tasks.*.task.configData.'),
  // Rows of the platform's first transformations.
  shape('input.*.source', 'read', 'input-mapping'),
  shape('output.*.destination', 'write', 'output-mapping'),
  // Extractors and writers for databases and sheets, with or without rows.
  shape('parameters.outputTable', 'write', 'parameters'),
  shape('parameters.tables.*.outputTable', 'write', 'parameters'),
  shape('parameters.sheets.*.outputTable', 'write', 'parameters'),
  shape('parameters.outputBucket', 'write', 'parameters', namedBucket),
  shape('parameters.config.outputBucket', 'write', 'parameters', namedBucket),
  shape('parameters.tableId', 'read', 'parameters'),
  shape('parameters.tables.*.tableId', 'read', 'parameters'),
];

const searchPath = 'storage.input.tables.*.source_search'.split('.');

/**
 * The places in the content of a configuration or a row that {@link contentTables} reads, with `*` for any
 * item.
 */
export const tablePlaces: readonly (readonly string[])[] = [
  ...shapes.map(({ path }) => path),
  searchPath,
];

const tablesOf = new WeakMap<JsonObject, ContentTable[]>();

/**
 * The tables that the content of a configuration or a row names in known places, each once per direction. If
 * both a mapping and a parameter name a table, the mapping counts. Ignores everything else in the content,
 * and everything that is not the id of a table.
 */
export function contentTables(content: JsonObject, findTables: FindTables): ContentTable[] {
  const searches = valuesAt(content, searchPath);
  // Contents are never changed in place, and the same outlines are read repeatedly.
  const known = searches.length === 0 ? tablesOf.get(content) : undefined;
  if (known !== undefined) return known;
  const found = new Map<string, ContentTable>();
  const note = (one: ContentTable): void => {
    const place = JSON.stringify([one.table.bucketId, one.table.tableId, one.direction]);
    if (!found.has(place)) found.set(place, one);
  };
  for (const { path, direction, knownBy, named } of shapes) {
    for (const value of valuesAt(content, path)) {
      const table = named(value);
      if (table !== null) note({ table, direction, knownBy });
    }
  }
  for (const search of searches) {
    if (!(search instanceof Map)) continue;
    const [key, value] = [search.get('key'), search.get('value')];
    if (typeof key !== 'string' || typeof value !== 'string') continue;
    for (const table of findTables(key, value)) {
      note({ table, direction: 'read', knownBy: 'input-mapping' });
    }
  }
  const tables = [...found.values()];
  if (searches.length === 0) tablesOf.set(content, tables);
  return tables;
}
