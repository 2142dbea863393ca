import { createHash } from 'node:crypto';
import { kindsInForce } from '../../../knowledge/kinds/kinds-in-force.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';
import { ProblemList, type SpaceProblems } from '../../../model/knowledge/space-problems.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
import type { Clone, PathChange } from '../../../git/clones/clone-types.ts';
import {
  isSchemaPath,
  readSchemaFile,
  schemaFolder,
} from '../../../knowledge/kinds/read-schema-file.ts';
import { usableKinds, type DescribedKind } from '../../../knowledge/kinds/usable-kinds.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import { filesWanted, under } from './file-paths.ts';

/** The kinds that schema files add, and what of them needs an admin's word: see `db/schema/knowledge.ts`. */
export interface OwnKinds {
  kinds: Kind[];
  problems: SpaceProblems;
  heldKinds: string | null;
  acceptedKinds: string | null;
}

/**
 * The kinds that schema files add. A schema that cannot be used stops nothing else. What files ask for that only an
 * admin may accept is not in force, unless an admin accepted just these files.
 */
export async function readOwnKinds(
  { readingLimits }: Pick<ActivityDependencies, 'readingLimits'>,
  { row, clone, sha }: { row: Space; clone: Clone; sha: string },
): Promise<OwnKinds> {
  const { root } = row;
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
  const digest = digestOf(files);
  const isAccepted = row.acceptedKinds === digest;
  const pathOf = (kind: string) => under(root, `${schemaFolder}/${kind}.json`);
  const { kinds, problems, held } = isAccepted
    ? { ...usableKinds(described), held: false }
    : kindsInForce(row.kinds, described, pathOf);
  for (const problem of problems) list.add({ kind: null, ...problem });
  return {
    kinds,
    problems: list.problems,
    heldKinds: held ? digest : null,
    acceptedKinds: isAccepted ? digest : null,
  };
}

/** Identifies the schema files by their paths and contents. */
function digestOf(files: readonly PathChange[]): string {
  const lines = files.map(({ path, blobId }) => `${blobId} ${path}\0`).sort();
  return createHash('sha256').update(lines.join('')).digest('hex');
}

/** Whether a change of this path may change the kinds: also of one that is no longer a schema file. */
export function isSchemaChange(root: string, path: string): boolean {
  return path.startsWith(under(root, `${schemaFolder}/`));
}
