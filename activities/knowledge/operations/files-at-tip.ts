import { openRemote } from '../../../db/streams/open-remote.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
import { StreamFailure } from '../../../model/streams/errors.ts';
import type { OperationRun } from './operation-run.ts';

/** Which of these paths are files in the space's synced commit, whether they are entries or not. */
export type FilesAtTip = (space: Space, paths: readonly string[]) => Promise<ReadonlySet<string>>;

/**
 * See {@link FilesAtTip}. The same path of the same commit is looked for only once. If the repository cannot be reached,
 * none of the paths is a file: what is in the way is then found when the save is sent.
 */
export function createFilesAtTip({
  deps,
  execution,
}: Pick<OperationRun, 'deps' | 'execution'>): FilesAtTip {
  let sha: string | null = null;
  let known = new Map<string, boolean>();

  async function look(space: Space, commit: string, wanted: ReadonlySet<string>): Promise<void> {
    const { signal, step } = execution;
    const files = await deps.clones.withClone(
      await openRemote(deps, space),
      { commit },
      (clone) =>
        clone.changes(null, commit, space.root, {
          wants: (path) => wanted.has(path),
          most: wanted.size,
          // There is one file at each path.
          tooMany: () => new StreamFailure('internal_error', 'A tree has a path twice.'),
        }),
      { signal, onProgress: step },
    );
    const found = new Set(files.map(({ path }) => path));
    for (const path of wanted) known.set(path, found.has(path));
  }

  return async (space, paths) => {
    const { syncedSha } = space;
    if (syncedSha === null) return new Set();
    if (sha !== syncedSha) known = new Map();
    sha = syncedSha;
    const unknown = new Set(paths.filter((path) => !known.has(path)));
    try {
      if (unknown.size > 0) await look(space, syncedSha, unknown);
    } catch (error) {
      if (!(error instanceof StreamFailure)) throw error;
    }
    return new Set(paths.filter((path) => known.get(path) === true));
  };
}
