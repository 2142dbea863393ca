import { openRemote } from '../../../db/streams/open-remote.ts';
import { ApiProblem } from '../../http/problem.ts';
import type { SpaceAccess } from '../spaces/space-access.ts';
import type { ReadDeps, SpaceAt } from './space-at.ts';
import { spaceAtCommit } from './space-at-moment.ts';

/** How long the host of the repository may take to say where a branch is, in milliseconds. */
const patience = 20_000;

/**
 * The space as the newest commit of a branch has it: the space's own as it was last read, another as the host has it now. That
 * commit must be one of the space's own branch. Throws 404 `version_not_found`, and `StreamFailure` if the host cannot be asked.
 */
export async function spaceAtRef(
  deps: ReadDeps,
  access: SpaceAccess,
  branch: string,
): Promise<SpaceAt> {
  const { row } = access;
  const isOwn = branch === row.repositoryBranch;
  const remote = isOwn ? null : { ...(await openRemote(deps, row)), branch };
  const signal = AbortSignal.timeout(patience);
  const sha = remote === null ? row.syncedSha : await deps.clones.askTip(remote, { signal });
  if (sha !== null) return spaceAtCommit(deps, access, sha);
  throw new ApiProblem(
    404,
    'version_not_found',
    isOwn
      ? `The branch ${branch} has not been read yet.`
      : `The repository of the space ${row.id} has no branch ${branch}.`,
  );
}
