import { LRUCache } from 'lru-cache';
import { listFilesAt } from '../../../db/knowledge/history/versions-at.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
import type { Clone, GitClones, PathChange } from '../../../git/clones/clone-types.ts';
import { declaredId } from '../../../knowledge/entries/declared-id.ts';
import { VersionLine, type ChangedFile } from '../../../knowledge/entries/version-line.ts';
import { kindOfPath, kindsOf } from '../../../knowledge/kinds/kinds.ts';
import { ApiProblem } from '../../http/problem.ts';
import { readBranchCopy } from '../history/read-branch-copy.ts';
import { lastIndexedOn } from './last-indexed-on.ts';
import type { ReadDeps } from './space-at.ts';

/** A file of an entry in another branch. */
export interface BranchFile {
  path: string;
  /** The name of its kind. */
  kind: string;
  blob: string;
}

/** Which entries another branch has otherwise. */
export interface BranchFiles {
  /** The last commit that both branches have and that changed the space; `null` if there is none. */
  shared: { sha: string; position: number } | null;
  /** What the branch has otherwise than that commit, by the entry's id; `null` is an entry that it does not have. */
  files: ReadonlyMap<string, BranchFile | null>;
  /** When the branch's commit was made. */
  at: Date;
}

/** More files than this are not compared for an answer: such a branch is a space of its own. */
const mostFiles = 2_000;

/** What was read of branches, by what cannot change. */
const known = new WeakMap<GitClones, LRUCache<string, BranchFiles>>();

/**
 * Which entries a commit of another branch has otherwise than the space's own branch. Throws 404 `version_not_found` if more
 * than 2,000 files differ, and whatever {@link readBranchCopy} throws.
 */
export async function branchFiles(
  deps: ReadDeps,
  space: Space,
  { branch, commit }: { branch: string; commit: string },
): Promise<BranchFiles> {
  const cache = known.get(deps.clones) ?? new LRUCache({ max: 100 });
  known.set(deps.clones, cache);
  const read = async (clone: Clone) => {
    const line = await clone.line(commit);
    const shared = await lastIndexedOn(deps.db, space.id, line, line.length - 1);
    const key = JSON.stringify([space.id, space.root, space.kinds, commit, shared]);
    const cached = cache.get(key);
    if (cached !== undefined) return cached;
    const files = await filesOf(deps, space, clone, { commit, shared });
    const at = (await clone.commitFacts(commit))?.committedAt ?? new Date(0);
    cache.set(key, { shared, files, at });
    return { shared, files, at };
  };
  return readBranchCopy(deps, space, commit, read, { branch });
}

async function filesOf(
  { db }: ReadDeps,
  space: Space,
  clone: Clone,
  { commit, shared }: { commit: string; shared: BranchFiles['shared'] },
): Promise<BranchFiles['files']> {
  const kinds = kindsOf(space.kinds);
  const kindOf = (path: string) => kindOfPath(kinds, space.root, path);
  const changes = await clone.changes(shared?.sha ?? null, commit, space.root, {
    wants: (path) => kindOf(path) !== null,
    most: mostFiles,
    tooMany: () =>
      new ApiProblem(
        404,
        'version_not_found',
        `The commit ${commit} differs from the branch ${space.repositoryBranch} in more than ${mostFiles.toLocaleString('en')} files: ` +
          'make a space of its branch instead.',
      ),
  });
  const changed = await withDeclaredIds(clone, changes, kindOf);
  const paths = changes.map(({ path }) => path);
  const ids = changed.flatMap(({ declaredId: id }) => id ?? []);
  const before =
    shared === null
      ? []
      : await listFilesAt(db, space.id, { position: shared.position, paths, ids });
  const files = new Map<string, BranchFile | null>();
  for (const { entryId, path, blobId } of new VersionLine(before).step(changed)) {
    const kind = kindOf(path);
    files.set(entryId, blobId === null || kind === null ? null : { path, kind: kind.name, blob: blobId }); // prettier-ignore
  }
  return files;
}

async function withDeclaredIds(
  clone: Clone,
  changes: readonly PathChange[],
  kindOf: (path: string) => ReturnType<typeof kindOfPath>,
): Promise<ChangedFile[]> {
  const blobs = new Set(changes.flatMap(({ blobId }) => blobId ?? []));
  const pathsOf = new Map<string, string[]>();
  for (const { path, blobId } of changes)
    if (blobId !== null) pathsOf.set(blobId, [...(pathsOf.get(blobId) ?? []), path]);
  const declared = new Map<string, string | null>();
  for await (const { blobId, content } of clone.blobs(blobs))
    for (const path of pathsOf.get(blobId) ?? []) {
      const kind = kindOf(path);
      if (kind !== null) declared.set(path, declaredId(content, kind));
    }
  return changes.map((change) => ({ ...change, declaredId: declared.get(change.path) ?? null }));
}
