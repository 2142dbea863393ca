import pTimeout from 'p-timeout';
import { openRemote } from '../../../db/streams/open-remote.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
import type { Clone } from '../../../git/clones/clone-types.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';

/**
 * How long an answer waits, and how long making the copy may take, in milliseconds; the first copy
 * of a large repository takes long.
 */
const patience = 45_000;
const longest = 600_000;

/**
 * Reads from the copy of a space's branch, or of another `branch` of its repository, which is only fetched if it does not have the commit.
 * Throws 503 `timed_out` if that takes too long (the fetch continues, so a later request finds it
 * done), and `StreamFailure` if the branch could not be fetched.
 */
export async function readBranchCopy<T>(
  { db, sealer, clones }: Pick<ApiDeps, 'db' | 'sealer' | 'clones'>,
  space: Space,
  commit: string,
  use: (clone: Clone) => Promise<T>,
  { branch = space.repositoryBranch, wait = patience }: { branch?: string; wait?: number } = {},
): Promise<T> {
  const remote = { ...(await openRemote({ db, sealer }, space)), branch };
  const signal = AbortSignal.timeout(longest);
  const reading = clones.withClone(remote, { commit }, use, { signal });
  // If it fails after we have answered, the next request gets the error.
  return pTimeout(reading, {
    milliseconds: wait,
    message: new ApiProblem(
      503,
      'timed_out',
      `The history of ${space.id} is being fetched from its repository. Try again in a minute.`,
      [],
      60,
    ),
  });
}
