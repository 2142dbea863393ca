import { blobId } from '../../git/blob-id.ts';
import { listRenderedFiles } from '../../db/mirror/rendered-files.ts';
import type { Db } from '../../db/connect.ts';
import { mirrorKey, type Mirror } from '../../db/mirror/mirrors.ts';
import { mirrorStream } from '../../model/mirror/ids.ts';
import { attributesKey } from '../../model/platform/object-key.ts';
import type { RenderedFile } from '../../model/platform/tree.ts';

/** The first segment of the keys of these files. */
export const attributesKind = 'attributes';

/**
 * Lets no line ends be converted, no filter (such as LFS), no keyword and no encoding be applied to what is in the folder,
 * whatever the attributes above it say (gitattributes(5)).
 */
const content = Buffer.from(
  '# Gitward writes the files in this folder: git leaves them as they are.\n' +
    '* -text -filter -ident !working-tree-encoding\n',
);
const contentId = blobId(content);

/** The `.gitattributes` of the folders that these paths are in, each once. */
export function* attributesOf(
  { branchId }: Pick<Mirror, 'branchId'>,
  paths: Iterable<string>,
): Generator<RenderedFile> {
  const folders = new Set<string>();
  for (const path of paths) {
    const end = path.indexOf('/');
    if (end !== -1) folders.add(path.slice(0, end));
  }
  for (const folder of [...folders].sort())
    yield {
      path: `${folder}/.gitattributes`,
      content,
      blobId: contentId,
      owner: attributesKey(branchId, folder),
    };
}

/** Those of the folders that a window is the first to write to. */
export async function newAttributes(
  db: Db,
  row: Mirror,
  paths: Iterable<string>,
): Promise<RenderedFile[]> {
  if (row.policy.attributes !== true) return [];
  const wanted = [...attributesOf(row, paths)];
  if (wanted.length === 0) return [];
  const owners = wanted.map(({ owner }) => owner);
  const known = await listRenderedFiles(db, mirrorStream(mirrorKey(row)), { owners, kinds: [] });
  return wanted.filter(({ path }) => !known.has(path));
}
