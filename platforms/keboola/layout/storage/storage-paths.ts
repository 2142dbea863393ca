import { bucketKey, lineageKey, tableKey } from '../../../../model/platform/object-key.ts';
import type { ProjectStorage, Table } from '../../../../model/platform/storage.ts';
import type { GivenPaths, ObjectKey } from '../../../../model/platform/tree.ts';
import { fileNames } from '../../../tree/file-names.ts';
import { splitFolder } from '../../../tree/split-folder.ts';

/** The paths of the files of a branch's storage. */
export interface StoragePaths {
  bucketFile(bucketId: string): string;
  tableFile(table: Table): string;
  lineageFile(bucketId: string): string;
}

/** What {@link storagePaths} depends on. */
export interface StoragePathsInput {
  branchId: string;
  storage: ProjectStorage;
  /** Buckets that configurations name. They may not exist. */
  namedBuckets: Iterable<string>;
  /** The folder `storage` in the mirror's place. */
  folder: string;
  givenPaths: GivenPaths;
}

/**
 * The paths are made of ids: `metadata/<bucket>/bucket.json`, `metadata/<bucket>/<table>.json`,
 * `lineage/<bucket>.json`. See {@link fileNames} for ids that are not safe as names, and {@link splitFolder}
 * for folders that would have too many entries.
 */
export function storagePaths(input: StoragePathsInput): StoragePaths {
  const { branchId, storage, folder, givenPaths } = input;
  const byBucket = new Map<string, Table[]>(storage.buckets.map(({ id }) => [id, []]));
  for (const table of storage.tables) {
    const siblings = byBucket.get(table.bucketId);
    if (siblings === undefined) byBucket.set(table.bucketId, [table]);
    else siblings.push(table);
  }
  const named = [...input.namedBuckets];
  const names = fileNames(byBucket.keys(), { after: named });
  const given = (keys: ObjectKey[]) => keys.flatMap((key) => givenPaths.get(key) ?? []);

  const metadataOf = splitFolder({
    path: `${folder}/metadata`,
    entries: byBucket.size,
    before: given([...byBucket.keys()].map((id) => bucketKey(branchId, id))).map(parentOf),
  });
  const lineageOf = splitFolder({
    path: `${folder}/lineage`,
    entries: named.length,
    before: given(named.map((id) => lineageKey(branchId, id))),
  });
  const nameOf = (bucketId: string): string => names.get(bucketId) ?? 'unnamed';
  const bucketFolder = (bucketId: string): string => `${metadataOf(bucketId)}/${nameOf(bucketId)}`;

  const tableFiles = new Map<string, string>();
  for (const [bucketId, tables] of byBucket) {
    const tableNames = fileNames(tables.map(nameInBucket), { reserved: ['bucket'] });
    const folderOf = splitFolder({
      path: bucketFolder(bucketId),
      entries: tables.length + 1,
      before: given(tables.map(({ id }) => tableKey(branchId, id))),
    });
    for (const table of tables) {
      const name = tableNames.get(nameInBucket(table)) ?? 'unnamed';
      tableFiles.set(table.id, `${folderOf(table.id)}/${name}.json`);
    }
  }

  return {
    bucketFile: (bucketId) => `${bucketFolder(bucketId)}/bucket.json`,
    tableFile: ({ id }) => tableFiles.get(id) ?? '',
    lineageFile: (bucketId) => `${lineageOf(bucketId)}/${nameOf(bucketId)}.json`,
  };
}

/** A table's id without the id of its bucket. */
function nameInBucket({ id, bucketId }: Table): string {
  return id.startsWith(`${bucketId}.`) ? id.slice(bucketId.length + 1) : id;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}
