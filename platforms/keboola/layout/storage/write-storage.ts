import {
  branchKey,
  bucketKey,
  lineageKey,
  tableKey,
} from '../../../../model/platform/object-key.ts';
import type { ShownTable } from '../../../../model/platform/job.ts';
import type { PlatformBranch } from '../../../../model/platform/project.ts';
import type { ProjectStorage } from '../../../../model/platform/storage.ts';
import { storageGroup, type GivenPaths, type ObjectKey } from '../../../../model/platform/tree.ts';
import { notWritten, type FindingsLog } from '../findings.ts';
import { folderBeside } from '../../../tree/folder-beside.ts';
import type { Layout, LayoutNode } from '../layout.ts';
import type { DraftFile, TreeBuilder } from '../../../tree/tree-builder.ts';
import type { LineageEdge } from './lineage/edge.ts';
import { lineage } from './lineage/lineage.ts';
import { lineageFile } from './lineage/lineage-file.ts';
import { bucketFile } from './metadata/bucket-file.ts';
import { tableFile } from './metadata/table-file.ts';
import { storagePaths } from './storage-paths.ts';

/** Where and how to write a mirror's storage. */
export interface WriteStorageOptions {
  /** The folder of the CLI's layout. `storage` is next to it. */
  root: string;
  givenPaths: GivenPaths;
  /** The paths of configurations and rows in this rendering. */
  paths: GivenPaths;
  /** If `volatile`, also writes what changes with each load: rows, sizes, times, and who loaded last. */
  storage?: { volatile: boolean };
  /** For the lineage: the tables that runs of jobs were seen to read or write. */
  jobTables?: readonly ShownTable[];
  /**
   * Whether to write the files of buckets and tables ({@link storageGroup}). The lineage is always written.
   */
  isWanted: (group: ObjectKey) => boolean;
  log: FindingsLog;
}

/** The result of {@link writeStorage}. */
export interface WrittenStorage {
  /** The directories of buckets, tables and lineages. */
  paths: Map<ObjectKey, string>;
  /** The branch that the storage belongs to, or `null` if nothing was written. */
  branch: PlatformBranch | null;
  /** The file of each table: id → path. */
  tableFiles: Map<string, string>;
  /** What writes and reads tables: bucket → edges. */
  edges: ReadonlyMap<string, readonly LineageEdge[]>;
}

/**
 * Writes the storage of the mirror's branch, which is the first one whose storage was read: a file for each
 * bucket and table, and for each bucket a file with its lineage. Writes nothing if the CLI's folder is the
 * root of the tree, because nothing can be next to it. If an object cannot be written, the others still are.
 */
export function writeStorage(
  tree: TreeBuilder,
  { warnings }: Pick<Layout, 'warnings'>,
  nodes: readonly LayoutNode[],
  options: WriteStorageOptions,
): WrittenStorage {
  const { root, givenPaths, paths, isWanted, log, jobTables = [] } = options;
  const volatile = options.storage?.volatile ?? false;
  const result: WrittenStorage = {
    paths: new Map(),
    branch: null,
    tableFiles: new Map(),
    edges: new Map(),
  };
  const branch = nodes
    .flatMap((node) => (node.kind === 'branch' ? node.branch : []))
    .find(({ storage }) => storage !== null);
  const folder = folderBeside(root, 'storage');
  if (branch === undefined || branch.storage === null || folder === null) return result;
  const { storage, id: branchId } = branch;
  const edges = lineage({ branch, paths, jobTables }, storage);
  result.branch = branch;
  result.edges = edges;
  const at = storagePaths({ folder, givenPaths, branchId, storage, namedBuckets: edges.keys() });

  if (isWanted(storageGroup)) log.during(storageGroup, () => writeMetadata(storage));
  else recallMetadata(storage);
  for (const [bucketId, ofBucket] of edges) {
    const owner = lineageKey(branchId, bucketId);
    const path = at.lineageFile(bucketId);
    try {
      tree.add([{ owner, path, content: lineageFile(bucketId, ofBucket), itemLines: true }]);
      result.paths.set(owner, directoryOf(path));
    } catch (error) {
      // The lineage is written every time, so this is not a finding of a group.
      warnings.push(notWritten(owner, error));
    }
  }
  return result;

  function writeMetadata({ buckets, tables, problems }: ProjectStorage): void {
    const bucketIds = new Set(buckets.map(({ id }) => id));
    for (const { id, message } of problems) {
      const owner = bucketIds.has(id) ? bucketKey(branchId, id) : tableKey(branchId, id);
      warnings.push({
        owner: id === '' ? branchKey(branchId) : owner,
        message: `The source returned something in its storage that has an unknown form: ${message}.`,
      });
    }
    for (const bucket of buckets) {
      const owner = bucketKey(branchId, bucket.id);
      write(owner, at.bucketFile(bucket.id), () => bucketFile(bucket, { volatile }));
    }
    for (const table of tables) {
      const path = at.tableFile(table);
      const owner = tableKey(branchId, table.id);
      if (write(owner, path, () => tableFile(table, { volatile }))) {
        result.tableFiles.set(table.id, path);
      }
    }
  }

  function recallMetadata({ buckets, tables }: ProjectStorage): void {
    log.recall(storageGroup, []);
    const isThere = (key: ObjectKey) => !log.hasFailed(storageGroup, key, 'configs');
    for (const { id } of buckets) {
      const owner = bucketKey(branchId, id);
      if (isThere(owner)) result.paths.set(owner, directoryOf(at.bucketFile(id)));
    }
    for (const table of tables) {
      const owner = tableKey(branchId, table.id);
      if (!isThere(owner)) continue;
      result.paths.set(owner, directoryOf(at.tableFile(table)));
      result.tableFiles.set(table.id, at.tableFile(table));
    }
  }

  function write(owner: ObjectKey, path: string, content: () => DraftFile['content']): boolean {
    try {
      tree.add([{ owner, path, content: content() }]);
      result.paths.set(owner, directoryOf(path));
      return true;
    } catch (error) {
      log.failed(storageGroup, { key: owner, folder: 'configs' }, error);
      return false;
    }
  }
}

function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
