import type { SamplesPolicy } from '../../model/mirror/samples.ts';
import type { ProjectStorage, Table } from '../../model/platform/storage.ts';
import { fileNames } from '../tree/file-names.ts';
import { splitFolder } from '../tree/split-folder.ts';

/** The folder of all samples, relative to the mirror's place. */
export const samplesFolder = 'storage/samples';

/** Whether a path of the tree belongs to a sample. */
export function isSamplePath(path: string): boolean {
  return path.startsWith(`${samplesFolder}/`);
}

/** What {@link samplePaths} depends on. */
export interface SamplePathsInput {
  storage: ProjectStorage;
  /** The tables that have a sample. */
  tables: readonly Table[];
  formats: SamplesPolicy['formats'];
  /** The current paths of samples. */
  present: Iterable<string>;
}

/**
 * The path of each sample without its extension, by the table's id: `storage/samples/<bucket>/<table>`, with
 * the same names and subfolders as the metadata of the tables. It considers the names of all tables, so that
 * a table has the same name in both.
 */
export function samplePaths({
  storage,
  tables,
  formats,
  present,
}: SamplePathsInput): Map<string, string> {
  const ids = new Set([...storage.buckets.map(({ id }) => id), ...storage.tables.map(bucketOf)]);
  const bucketNames = fileNames(ids);
  const folders = new Set([...present].map(parentOf));
  const bucketFolder = splitFolder({
    path: samplesFolder,
    entries: new Set(tables.map(bucketOf)).size,
    before: new Set([...folders].map(bucketParent)),
  });
  const siblings = byBucket(storage.tables);
  const paths = new Map<string, string>();
  for (const [bucketId, sampled] of byBucket(tables)) {
    const folder = `${bucketFolder(bucketId)}/${bucketNames.get(bucketId) ?? 'unnamed'}`;
    const names = fileNames((siblings.get(bucketId) ?? sampled).map(nameInBucket), {
      reserved: ['bucket'],
    });
    const folderOf = splitFolder({
      path: folder,
      entries: sampled.length * formats.length,
      before: [...folders].filter((one) => one.startsWith(`${folder}/`)),
    });
    for (const table of sampled) {
      const name = names.get(nameInBucket(table)) ?? 'unnamed';
      paths.set(table.id, `${folderOf(table.id)}/${name}`);
    }
  }
  return paths;
}

function byBucket(tables: readonly Table[]): Map<string, Table[]> {
  const groups = new Map<string, Table[]>();
  for (const table of tables) {
    const group = groups.get(table.bucketId);
    if (group === undefined) groups.set(table.bucketId, [table]);
    else group.push(table);
  }
  return groups;
}

function bucketOf({ bucketId }: Table): string {
  return bucketId;
}

/** A table's id without the id of its bucket. */
function nameInBucket({ id, bucketId }: Table): string {
  return id.startsWith(`${bucketId}.`) ? id.slice(bucketId.length + 1) : id;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

/** The folder that contains the folders of buckets, given the folder of a sample. */
function bucketParent(folder: string): string {
  return /^storage\/samples\/[0-9a-f]{2}(?=\/)/.exec(folder)?.[0] ?? samplesFolder;
}
