import type { Kind } from '../../../model/knowledge/entry.ts';
import { ProblemList, type SpaceProblems } from '../../../model/knowledge/space-problems.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
import type { Clone } from '../../../git/clones/clone-types.ts';
import {
  isSchemaPath,
  readSchemaFile,
  schemaFolder,
} from '../../../knowledge/kinds/read-schema-file.ts';
import { usableKinds, type DescribedKind } from '../../../knowledge/kinds/usable-kinds.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import { filesWanted, under } from './file-paths.ts';

/** The kinds that schema files add. A schema that cannot be used stops nothing else. */
export async function readOwnKinds(
  { readingLimits }: Pick<ActivityDependencies, 'readingLimits'>,
  { row: { root }, clone, sha }: { row: Pick<Space, 'root'>; clone: Clone; sha: string },
): Promise<{ kinds: Kind[]; problems: SpaceProblems }> {
  const wanted = filesWanted(readingLimits, (path) => isSchemaPath(root, path));
  const files = await clone.changes(null, sha, under(root, schemaFolder), wanted);
  const paths = new Map<string, string[]>();
  for (const { path, blobId } of files) {
    if (blobId === null) continue;
    const known = paths.get(blobId);
    if (known === undefined) paths.set(blobId, [path]);
    else known.push(path);
  }
  const list = new ProblemList();
  const described: DescribedKind[] = [];
  for await (const { blobId, content } of clone.blobs(paths.keys()))
    for (const path of paths.get(blobId) ?? []) {
      const read = readSchemaFile(path, content);
      if ('kind' in read) described.push({ path, kind: read.kind });
      else list.add({ kind: null, path, message: read.problem });
    }
  const { kinds, problems } = usableKinds(described);
  for (const problem of problems) list.add({ kind: null, ...problem });
  return { kinds, problems: list.problems };
}

/** Whether a change of this path may change the kinds: also of one that is no longer a schema file. */
export function isSchemaChange(root: string, path: string): boolean {
  return path.startsWith(under(root, `${schemaFolder}/`));
}
