import type { Db } from '../../db/connect.ts';
import { findDefaultMirror, mirrorKey, type Mirror } from '../../db/mirror/mirrors.ts';
import { listWrittenPaths } from '../../db/mirror/written-paths.ts';
import { findPushed } from '../../db/streams/pushed-commits.ts';
import type { Tip } from '../../git/types.ts';
import { mirrorStream } from '../../model/mirror/ids.ts';
import { ancestorsOf } from '../../model/text/ancestors.ts';
import type { StreamId } from '../../model/streams/ids.ts';

/** The fields of a mirror that {@link inheritedFiles} needs. */
export type InheritingMirror = Pick<
  Mirror,
  'projectId' | 'branchId' | 'repositoryUrl' | 'subdirectory'
>;

/**
 * Before the first commit of a development branch: the paths (below its place) that the mirror of the
 * project's default branch wrote, if the tip (or the commit that the new branch begins from) comes from that
 * mirror's Git branch. We may change and remove them. `null` if the place has nothing from that mirror.
 */
export async function inheritedFiles(
  { db }: { db: Db },
  row: InheritingMirror,
  tip: Tip,
): Promise<ReadonlySet<string> | null> {
  const from = await findDefaultMirror(db, row.projectId);
  if (from === null || from.branchId === row.branchId || from.initializedAt === null) return null;
  if (from.repositoryUrl !== row.repositoryUrl || from.subdirectory !== row.subdirectory)
    return null;
  const stream = mirrorStream(mirrorKey(from));
  const holds =
    tip.sha === null
      ? tip.start?.branch === from.repositoryBranch
      : // Somebody has already created the Git branch from that mirror's branch.
        await holdsOwn(db, tip, stream);
  return holds ? listWrittenPaths(db, stream) : null;
}

/** Whether the tip's history has a commit that certainly belongs to this stream. */
export async function holdsOwn(db: Db, tip: Tip, stream: StreamId): Promise<boolean> {
  const { newer } = await tip.findStream(stream, null, (shas) => findPushed(db, stream, shas));
  return newer.some(({ recorded }) => recorded !== null);
}

/**
 * The files in a mirror's folders that are not its own before its first commit, and that this commit
 * would overwrite or remove: a person has to allow that. If the place contains the default branch's
 * tree, additional files stay and are not in the way unless we write to the same path.
 */
export function strangeFiles(
  present: ReadonlyMap<string, string>,
  rendered: ReadonlyMap<string, { blobId: string }>,
  inherited: ReadonlySet<string> | null,
): string[] {
  const paths = [...present.keys()];
  if (inherited === null) return paths;
  const others = paths.filter((path) => !inherited.has(path));
  if (others.length === 0) return [];
  // A file, a link or a submodule can also be where a folder has to be.
  const folders = new Set([...rendered.keys()].flatMap(ancestorsOf));
  return others.filter((path) => {
    const blobId = rendered.get(path)?.blobId;
    return folders.has(path) || (blobId !== undefined && blobId !== present.get(path));
  });
}
