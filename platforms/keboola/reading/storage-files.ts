import { fieldsOf, parsed, textOf } from '../../reading/json-shapes.ts';
import type { FileParser, TreeFiles } from '../../reading/layout-reading.ts';
import { digest } from '../../tree/file-names.ts';
import { nameCandidates } from './catalog-files.ts';

/** The ids and the name that a file of `storage/metadata` or `storage/lineage` has. */
export const storageFacts: FileParser<{
  id: string | null;
  bucketId: string | null;
  name: string | null;
}> = {
  name: 'keboola storage facts',
  parse(text) {
    const { id, bucketId, displayName, name } = fieldsOf(parsed(text));
    return {
      id: textOf(id),
      bucketId: textOf(bucketId),
      name: textOf(displayName) ?? textOf(name),
    };
  },
};

/** Where a table's file may be: the usual path first. See `storagePaths`. */
export function tablePaths(tableId: string): string[] {
  const [stage = '', bucket = '', ...rest] = tableId.split('.');
  const bucketId = `${stage}.${bucket}`;
  const names = nameCandidates(rest.join('.'), ['bucket']);
  return bucketFolders(bucketId).flatMap((folder) =>
    ['', `/${digest(tableId).slice(0, 2)}`].flatMap((split) =>
      names.map((name) => `${folder}${split}/${name}.json`),
    ),
  );
}

/** Where a bucket's file may be. */
export function bucketPaths(bucketId: string): string[] {
  return bucketFolders(bucketId).map((folder) => `${folder}/bucket.json`);
}

function bucketFolders(bucketId: string): string[] {
  return ['storage/metadata', `storage/metadata/${digest(bucketId).slice(0, 2)}`].flatMap(
    (folder) => nameCandidates(bucketId, []).map((name) => `${folder}/${name}`),
  );
}

/** The first of these files that has this id; `null` if none has. */
export async function findById(
  tree: TreeFiles,
  paths: readonly string[],
  id: string,
): Promise<string | null> {
  for (const path of paths) if ((await tree.read(path, storageFacts))?.id === id) return path;
  return null;
}
