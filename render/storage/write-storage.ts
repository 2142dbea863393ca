import { branchKey, bucketKey, lineageKey, tableKey } from '../../model/object-key.ts';
import type { PlatformBranch } from '../../model/project.ts';
import type { GivenPaths, ObjectKey, RenderWarning } from '../../model/tree.ts';
import { folderBeside } from '../folder-beside.ts';
import type { LayoutNode } from '../layout.ts';
import type { DraftFile, TreeBuilder } from '../tree-builder.ts';
import type { LineageEdge } from './lineage/edge.ts';
import { lineage } from './lineage/lineage.ts';
import { lineageFile } from './lineage/lineage-file.ts';
import { bucketFile } from './metadata/bucket-file.ts';
import { tableFile } from './metadata/table-file.ts';
import { storagePaths } from './storage-paths.ts';

/** Where a mirror's storage is written, and how. */
export interface WriteStorageOptions {
  /** The folder of the CLI's layout: storage is beside it. */
  root: string;
  givenPaths: GivenPaths;
  /** The paths of configurations and rows in this rendering. */
  paths: GivenPaths;
  /** Rows, sizes, times and who loaded last as well, where `volatile`: they change with each load. */
  storage?: { volatile: boolean };
}

/** What came of it. */
export interface WrittenStorage {
  /** The directories of buckets, tables and lineages. */
  paths: Map<ObjectKey, string>;
  /** The branch whose storage it is; `null` where none was written. */
  branch: PlatformBranch | null;
  /** The file of each table: id → path. */
  tableFiles: Map<string, string>;
  /** Who writes and reads: bucket → edges. */
  edges: ReadonlyMap<string, readonly LineageEdge[]>;
  warnings: RenderWarning[];
}

/**
 * Writes the storage of the mirror's branch, the first of these whose storage was read: a file for each
 * bucket and table, and for each bucket who writes and reads it. Where the CLI's folder is the top of the
 * tree, nothing is beside it, and nothing written. An object that cannot be written stops no other.
 */
export function writeStorage(
  tree: TreeBuilder,
  nodes: readonly LayoutNode[],
  { root, givenPaths, paths, storage: { volatile } = { volatile: false } }: WriteStorageOptions,
): WrittenStorage {
  const result: WrittenStorage = {
    paths: new Map(),
    branch: null,
    tableFiles: new Map(),
    edges: new Map(),
    warnings: [],
  };
  const branch = nodes
    .flatMap((node) => (node.kind === 'branch' ? node.branch : []))
    .find(({ storage }) => storage !== null);
  const folder = folderBeside(root, 'storage');
  if (branch === undefined || branch.storage === null || folder === null) return result;
  const { storage, id: branchId } = branch;
  const edges = lineage({ branch, paths }, storage);
  result.branch = branch;
  result.edges = edges;
  const at = storagePaths({ folder, givenPaths, branchId, storage, namedBuckets: edges.keys() });

  const buckets = new Set(storage.buckets.map(({ id }) => id));
  for (const { id, message } of storage.problems) {
    const owner = buckets.has(id) ? bucketKey(branchId, id) : tableKey(branchId, id);
    warn(
      id === '' ? branchKey(branchId) : owner,
      `The source gave something of its storage in a shape that is not known: ${message}.`,
    );
  }
  for (const bucket of storage.buckets) {
    const owner = bucketKey(branchId, bucket.id);
    write(owner, at.bucketFile(bucket.id), () => bucketFile(bucket, { volatile }));
  }
  for (const table of storage.tables) {
    const path = at.tableFile(table);
    const owner = tableKey(branchId, table.id);
    if (write(owner, path, () => tableFile(table, { volatile }))) {
      result.tableFiles.set(table.id, path);
    }
  }
  for (const [bucketId, ofBucket] of edges) {
    const owner = lineageKey(branchId, bucketId);
    const path = at.lineageFile(bucketId);
    write(owner, path, () => lineageFile(bucketId, ofBucket), { itemLines: true });
  }
  return result;

  function write(
    owner: ObjectKey,
    path: string,
    content: () => DraftFile['content'],
    { itemLines = false } = {},
  ): boolean {
    try {
      tree.add([{ owner, path, content: content(), itemLines }]);
      result.paths.set(owner, path.slice(0, path.lastIndexOf('/')));
      return true;
    } catch (error) {
      warn(
        owner,
        `It could not be written: ${error instanceof Error ? error.message : String(error)}`,
      );
      return false;
    }
  }

  function warn(owner: ObjectKey, message: string): void {
    result.warnings.push({ owner, message });
  }
}
