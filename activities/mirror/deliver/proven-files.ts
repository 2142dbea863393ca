import { mirrorKey, type Mirror } from '../../../db/mirror/mirrors.ts';
import { emptyTree, isProven } from '../../../git/deliver/commit-proof.ts';
import type { Clone } from '../../../git/clones/clone-types.ts';
import type { Remote } from '../../../git/types.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import type { TipExamination } from '../../streams/examine-tip.ts';
import type { Execution } from '../../streams/execution.ts';

/** What is looked at: the newer commits of a tip in a mirror's place. */
export interface ProvenInput {
  row: Pick<Mirror, 'projectId' | 'branchId' | 'subdirectory'>;
  remote: Remote & { proofKey: Uint8Array };
  tip: string | null;
  examined: Pick<TipExamination, 'newer'>;
}

/**
 * The paths in a mirror's place that commits wrote which prove that they are ours, although the database does not know them: it was
 * restored to how it was before them. Without them, what was created and removed again since would stay in Git forever.
 */
export async function provenFiles(
  { clones }: Pick<ActivityDependencies, 'clones'>,
  { row, remote, tip, examined }: ProvenInput,
  { signal, step }: Execution,
): Promise<Set<string>> {
  const written = new Set<string>();
  const claiming = examined.newer.filter(
    ({ recorded, trailers }) => recorded === null && trailers?.proof !== undefined,
  );
  if (tip === null || claiming.length === 0) return written;
  const stream = mirrorStream(mirrorKey(row));
  const start = row.subdirectory === '' ? 0 : row.subdirectory.length + 1;
  await clones.withClone(
    remote,
    { commit: tip },
    async (clone) => {
      for (const { sha, trailers } of claiming.toReversed()) {
        signal.throwIfAborted();
        step('Looking for what the database has forgotten');
        const commit = await clone.commitFacts(sha);
        if (commit === null || trailers?.stream !== stream) continue;
        const before = await treeBefore(clone, commit);
        if (before === null) continue;
        if (!isProven(remote.proofKey, trailers, { before, after: commit.tree })) continue;
        for (const { path, blobId } of await clone.changes(commit.parent, sha, row.subdirectory))
          if (blobId === null) written.delete(path.slice(start));
          else written.add(path.slice(start));
      }
    },
    { signal, onProgress: step },
  );
  return written;
}

async function treeBefore(clone: Clone, { parent }: { parent: string | null }) {
  if (parent === null) return emptyTree;
  return (await clone.commitFacts(parent))?.tree ?? null;
}
