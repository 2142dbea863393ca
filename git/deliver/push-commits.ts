import { StreamFailure, type FailureCode } from '../../model/streams/errors.ts';
import { isAncestor } from './history.ts';
import { askBranch, askTip, baseOf, fetchTip, type TipState } from './read-tip.ts';
import { TipMoved, type Session } from '../run/session.ts';

/** Failures after which the host may have taken the push all the same. */
const ambiguous: ReadonlySet<FailureCode> = new Set([
  'repository_unreachable',
  'repository_timeout',
  'repository_error',
]);

/**
 * Pushes one commit, whose first new ancestor has the tip (or what a new branch begins from) as its parent, to the branch, provided that
 * the branch still is at the tip; then reads the branch back. Answers the tip
 * that it read, or `moved` where the branch went elsewhere without our commit, or where what a new
 * branch begins from did. Throws `StreamFailure` where the host refuses, or where it cannot be said
 * that the commit arrived.
 */
export async function pushCommits(
  session: Session,
  tip: TipState,
  sha: string,
): Promise<{ tip: string } | 'moved'> {
  const { ref } = session.connection;
  session.progress('pushing');
  let failure: StreamFailure | null = null;
  try {
    await session.remote('push', [
      'push',
      '--porcelain',
      // A thin pack could need the old blob of each file, which the cache does not have. Over HTTP git
      // 2.39 packs thin all the same; it then does without what is absent, since this run has no promisor.
      '--no-thin',
      '--no-verify',
      '--no-follow-tags',
      '--no-recurse-submodules',
      `--force-with-lease=${ref}:${tip.sha ?? ''}`,
      '--end-of-options',
      'origin',
      `${sha}:${ref}`,
    ]);
  } catch (error) {
    // A branch that moved may have moved to our commit: HTTP repeats a request whose answer was lost.
    if (!(error instanceof TipMoved)) {
      if (!(error instanceof StreamFailure)) throw error;
      // Git sends what the remote's branches do not hold. Once the start is none of their tips any more
      // that would be its whole tree, which the cache does not have: begin from where it is now.
      if (await startMoved(session, tip)) return 'moved';
      if (!ambiguous.has(error.code)) throw error;
      failure = error;
    }
  }

  session.progress('reading back');
  const now = await askTip(session).catch((error: unknown) => {
    throw failure ?? error;
  });
  if (now === sha) return { tip: now };
  const base = baseOf(tip)?.sha ?? null;
  if (now !== null && now !== tip.sha && (await holds(session, sha, base))) return { tip: now };
  if (failure !== null && now === tip.sha) throw failure;
  return 'moved';
}

/** Whether a new branch was to begin from a commit where the branch that it is of is not any more. */
async function startMoved(session: Session, tip: TipState): Promise<boolean> {
  if (tip.sha !== null || tip.start === null) return false;
  const { branch, sha } = tip.start;
  // Where the remote cannot be asked, the failure of the push says why.
  return (await askBranch(session, branch).catch(() => sha)) !== sha;
}

/** Whether somebody committed on top of ours in the meantime. */
async function holds(session: Session, sha: string, parent: string | null): Promise<boolean> {
  const now = await fetchTip(session);
  return now.sha !== null && (await isAncestor(session, sha, now.sha, parent));
}
