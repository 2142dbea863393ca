import type { FastifyReply } from 'fastify';
import type { Mirror } from '../../../db/mirror/mirrors.ts';
import { openRemote } from '../../../db/streams/open-remote.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import { whileWaitedFor } from '../../http/while-waited-for.ts';

/** How long the remote may take to answer, in milliseconds. */
const patience = 30_000;

/**
 * Asks the remote whether a mirror's branch still has the tip that somebody looked at (`null`: there was no branch;
 * `undefined`: nobody says). Throws 409 `changed_since` if not, and `StreamFailure` if the remote cannot be asked.
 */
export async function requireTip(
  deps: Pick<ApiDeps, 'db' | 'sealer' | 'clones'>,
  row: Mirror,
  seen: string | null | undefined,
  reply: FastifyReply,
): Promise<void> {
  if (seen === undefined) return;
  const remote = await openRemote(deps, row);
  const now = await whileWaitedFor(reply, { what: 'Reading the branch', patience }, (signal) =>
    deps.clones.askTip(remote, { signal }),
  );
  if (now !== seen) throw changedSince(row, seen, now);
}

function changedSince(
  { repositoryBranch: branch }: Mirror,
  seen: string | null,
  now: string | null,
): ApiProblem {
  const before = seen === null ? 'it did not exist' : `it was at ${seen}`;
  const after = now === null ? 'it does not exist' : `it is at ${now}`;
  return new ApiProblem(
    409,
    'changed_since',
    `The branch ${branch} has changed since you looked at it: then ${before}, now ${after}. ` +
      'Nothing was approved. Look at it again.',
  );
}
