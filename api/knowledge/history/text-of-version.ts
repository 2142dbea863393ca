import type { Space } from '../../../db/knowledge/spaces.ts';
import type { Clone } from '../../../git/clones/clone-types.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import { readBranchCopy } from './read-branch-copy.ts';

/**
 * The text of a version, from the copy of the space's branch or of another one; `null` if it is not one that we show
 * (larger than 1 MiB, not UTF-8, or with NUL in it). Throws 404 if the branch no longer has the
 * version, and whatever {@link readBranchCopy} throws.
 */
export function textOfVersion(
  deps: Pick<ApiDeps, 'db' | 'sealer' | 'clones'>,
  space: Space,
  blobId: string,
  sha: string,
  branch = space.repositoryBranch,
): Promise<string | null> {
  const read = async (clone: Clone) => {
    for await (const { content } of clone.blobs([blobId])) return textOf(content);
    throw new ApiProblem(
      404,
      'version_not_found',
      `The version ${blobId} is no longer in the branch ${branch}.`,
    );
  };
  return readBranchCopy(deps, space, sha, read, { branch });
}

function textOf(content: Uint8Array | null): string | null {
  if (content === null || content.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    // Not UTF-8.
    return null;
  }
}
