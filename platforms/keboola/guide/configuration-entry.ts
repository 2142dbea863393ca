import type { Json, JsonObject } from '../../../model/text/json.ts';
import { configKey, rowKey } from '../../../model/platform/object-key.ts';
import type { Configuration } from '../../../model/platform/project.ts';
import type { GivenPaths } from '../../../model/platform/tree.ts';
import { compareBytes } from '../../tree/byte-order.ts';
import type { ConfigurationTables } from './configuration-tables.ts';
import { firstLine } from './first-line.ts';

/**
 * A configuration as listed in the catalog. Empty descriptions, rows and tables, and an `isDisabled` that is
 * false, are left out. A path is `null` if the object could not be written.
 */
export function configurationEntry(
  config: Configuration,
  { branchId, paths, tables }: { branchId: string; paths: GivenPaths; tables: ConfigurationTables },
): JsonObject {
  const { componentId, id } = config;
  const rows = new Map(
    // If the source returned a row twice, the first one is in the tree.
    [...config.rows].reverse().map((row): [string, JsonObject] => [
      row.id,
      entry({
        id: row.id,
        name: row.name,
        path: paths.get(rowKey(branchId, componentId, id, row.id)) ?? null,
        description: firstLine(row.description),
        isDisabled: row.isDisabled,
      }),
    ]),
  );
  const fields = entry({
    id,
    name: config.name,
    path: paths.get(configKey(branchId, componentId, id)) ?? null,
    description: firstLine(config.description),
    isDisabled: config.isDisabled,
  });
  if (rows.size > 0) {
    const inOrder = [...rows].sort(([a], [b]) => compareBytes(a, b));
    fields.set(
      'rows',
      inOrder.map(([, row]) => row),
    );
  }
  if (tables.reads.length > 0) fields.set('reads', tables.reads);
  if (tables.writes.length > 0) fields.set('writes', tables.writes);
  return fields;
}

/** The fields that all entries of catalogs have in common, in order. */
export function entry(of: {
  id: string;
  name: string;
  path: string | null;
  description: string;
  isDisabled?: boolean;
}): JsonObject {
  const fields = new Map<string, Json>([
    ['id', of.id],
    ['name', of.name],
    ['path', of.path],
  ]);
  if (of.description !== '') fields.set('description', of.description);
  if (of.isDisabled === true) fields.set('isDisabled', true);
  return fields;
}
