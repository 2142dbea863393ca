import pTimeout from 'p-timeout';
import { openRemote } from '../../../db/streams/open-remote.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
import type { Clone } from '../../../git/clones/clone-types.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';

/** Milliseconds that an answer waits, and that a copy may take to be made: the first of a large repository takes long. */
const patience = 45_000;
const longest = 600_000;

/**
 * Reads the copy of a space's branch, which is fetched only where the commit is not in it. Throws 503 `timed_out` where that
 * takes too long (it goes on, and who asks again finds it done), and `StreamFailure` where the branch could not be fetched.
 */
export async function readBranchCopy<T>(
  { db, sealer, clones }: Pick<ApiDeps, 'db' | 'sealer' | 'clones'>,
  space: Space,
  commit: string,
  use: (clone: Clone) => Promise<T>,
  wait = patience,
): Promise<T> {
  const remote = await openRemote({ db, sealer }, space);
  const signal = AbortSignal.timeout(longest);
  const reading = clones.withClone(remote, { commit }, use, { signal });
  // What fails after we answered is told to whoever asks next.
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
