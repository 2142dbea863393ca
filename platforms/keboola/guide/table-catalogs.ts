import type { Json, JsonObject } from '../../../model/text/json.ts';
import { tableCatalogKey } from '../../../model/platform/object-key.ts';
import type { ProjectStorage, Table } from '../../../model/platform/storage.ts';
import { compareBytes } from '../../tree/byte-order.ts';
import { fileNames } from '../../tree/file-names.ts';
import { splitFolder } from '../../tree/split-folder.ts';
import type { DraftFile } from '../../tree/tree-builder.ts';
import { catalogParts, isSplit } from './catalog-parts.ts';
import { entry } from './configuration-entry.ts';
import { firstLine } from './first-line.ts';

/** What the catalog of tables is made from. */
export interface TableCatalogsInput {
  branchId: string;
  storage: ProjectStorage;
  /** The file of each table in this rendering, by the table's id. */
  tableFiles: ReadonlyMap<string, string>;
  /** The folder `ai/catalog`. */
  folder: string;
}

/**
 * The files that list all tables: `tables.json`, or if there are more than 1,000, `tables/<bucket>.json` for
 * each bucket that has tables (split into parts if that bucket alone has more).
 */
export function tableCatalogs({
  branchId,
  storage,
  tableFiles,
  folder,
}: TableCatalogsInput): DraftFile[] {
  const owner = tableCatalogKey(branchId);
  const tables = new Map([...storage.tables].reverse().map((table) => [table.id, table]));
  const inOrder = [...tables.values()].sort((a, b) => compareBytes(a.id, b.id));
  const entries = inOrder.map((table) => ({
    id: table.id,
    bucketId: table.bucketId,
    size: 1,
    value: tableEntry(table, tableFiles.get(table.id) ?? null),
  }));
  if (!isSplit(entries)) {
    const content = catalog(entries.map(({ value }) => value));
    return [{ path: `${folder}/tables.json`, owner, content, itemLines: true }];
  }
  const buckets = new Map<string, typeof entries>();
  for (const one of entries) {
    const siblings = buckets.get(one.bucketId);
    if (siblings === undefined) buckets.set(one.bucketId, [one]);
    else siblings.push(one);
  }
  const names = fileNames(buckets.keys());
  const folderOf = splitFolder({ path: `${folder}/tables`, entries: buckets.size, before: [] });
  return [...buckets].flatMap(([bucketId, ofBucket]) => {
    const path = `${folderOf(bucketId)}/${names.get(bucketId) ?? 'unnamed'}`;
    return [...catalogParts(path, ofBucket)].map(([file, values]): DraftFile => ({
      path: file,
      owner,
      content: catalog(values, bucketId),
      itemLines: true,
    }));
  });
}

function catalog(tables: JsonObject[], bucketId?: string): JsonObject {
  const fields = new Map<string, Json>();
  if (bucketId !== undefined) fields.set('bucketId', bucketId);
  return fields.set('tables', tables);
}

function tableEntry({ id, displayName, name, description }: Table, path: string | null) {
  return entry({ id, name: displayName || name, path, description: firstLine(description) });
}
