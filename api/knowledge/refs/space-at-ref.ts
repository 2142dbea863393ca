import { openRemote } from '../../../db/streams/open-remote.ts';
import { ApiProblem } from '../../http/problem.ts';
import type { SpaceAccess } from '../spaces/space-access.ts';
import type { ReadDeps, SpaceAt } from './space-at.ts';
import { spaceAtBranch } from './space-at-branch.ts';
import { spaceAtCommit } from './space-at-moment.ts';

/** How long the host of the repository may take to say where a branch is, in milliseconds. */
const patience = 20_000;

/**
 * The space as the commit of a branch or tag has it: the space's own branch as it was last read, another branch or a tag as the host has
 * it now. A tag must be of a commit of the space's own branch. Throws 404 `version_not_found`, and `StreamFailure` if the host
 * cannot be asked.
 */
export async function spaceAtRef(
  deps: ReadDeps,
  access: SpaceAccess,
  ref: string,
): Promise<SpaceAt> {
  const { row } = access;
  if (ref === row.repositoryBranch || ref === `refs/heads/${row.repositoryBranch}`) {
    if (row.syncedSha !== null) return spaceAtCommit(deps, access, row.syncedSha);
    throw notFound(`The branch ${row.repositoryBranch} has not been read yet.`);
  }
  const remote = await openRemote(deps, row);
  const signal = AbortSignal.timeout(patience);
  const named = await deps.clones.askRef(remote, ref, { signal });
  if (named === null)
    throw notFound(`The repository of the space ${row.id} has no branch or tag ${ref}.`);
  const { sha: commit, branch } = named;
  if (branch === null) return spaceAtCommit(deps, access, commit);
  try {
    return await spaceAtCommit(deps, access, commit);
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.code !== 'version_not_found') throw error;
    return spaceAtBranch(deps, access, { branch, commit });
  }
}

function notFound(detail: string): ApiProblem {
  return new ApiProblem(404, 'version_not_found', detail);
}
