import { StreamFailure, type FailureCode } from '../../model/streams/errors.ts';
import { classifyFailure, refusedByLease, saidBy } from '../run/classify-failure.ts';
import { GitProcessError } from '../run/run-git.ts';
import { isAncestor } from './history.ts';
import { askBranch, askTip, baseOf, fetchTip, type TipState } from './read-tip.ts';
import { TipMoved, type Session } from '../run/session.ts';

/** Failures after which the host may nevertheless have accepted the push. */
const ambiguous: ReadonlySet<FailureCode> = new Set([
  'repository_unreachable',
  'repository_timeout',
  'repository_error',
]);

/**
 * Pushes a commit to the branch, provided that the branch is still at the tip, and then reads the
 * branch back. The parent of the first new ancestor of the commit must be the tip (or the start of
 * a new branch). Returns the tip that was read, or `moved` if the branch has moved and does not
 * contain our commit, or if the start of a new branch has moved. Throws `StreamFailure` if the host
 * refuses, or if it is not certain that the commit arrived.
 */
export async function pushCommits(
  session: Session,
  tip: TipState,
  sha: string,
): Promise<{ tip: string } | 'moved'> {
  const { ref } = session.connection;
  session.progress('Pushing to the repository');
  let failure: StreamFailure | null = null;
  let moved: TipMoved | null = null;
  try {
    await push(session, `--force-with-lease=${ref}:${tip.sha ?? ''}`, `${sha}:${ref}`);
  } catch (error) {
    // If the branch moved, it may have moved to our commit: HTTP repeats a request if the response
    // was lost.
    if (error instanceof TipMoved) moved = error;
    else {
      if (!(error instanceof StreamFailure)) throw error;
      // Git sends everything that the branches of the remote do not contain. Once the start is no
      // longer the tip of one of them, that would be its whole tree, which the cache does not have:
      // so start again from the current tip.
      if (await startMoved(session, tip)) return 'moved';
      if (!ambiguous.has(error.code)) throw error;
      failure = error;
    }
  }

  session.progress('Reading the branch back');
  const now = await askTip(session).catch((error: unknown) => {
    throw failure ?? error;
  });
  if (now === sha) return { tip: now };
  const base = baseOf(tip)?.sha ?? null;
  if (now !== null && now !== tip.sha && (await holds(session, sha, base))) return { tip: now };
  if (now === tip.sha) {
    if (failure !== null) throw failure;
    // Git reports a ref that the host could not write as it reports one that others have written.
    const { cause } = moved ?? {};
    if (cause instanceof GitProcessError && !refusedByLease(cause))
      throw classifyFailure(cause, { step: 'push', ...session.connection });
  }
  return 'moved';
}

/** Deletes the branch if it is at this commit. One that is elsewhere stays, and one that is gone already is fine. */
export async function removeBranch(session: Session, sha: string): Promise<void> {
  const { ref } = session.connection;
  if ((await askTip(session)) !== sha) return;
  session.progress('Deleting a branch');
  try {
    await push(session, `--force-with-lease=${ref}:${sha}`, `:${ref}`);
  } catch (error) {
    if (!(error instanceof TipMoved)) throw error;
    // Git reports a ref that the host does not delete as it reports one that others have moved.
    if (error.cause instanceof GitProcessError && !refusedByLease(error.cause))
      throw classifyFailure(error.cause, { step: 'push', ...session.connection });
  }
}

/** What a server says that wants to know beforehand how much it gets; git sends more than 1 MiB in chunks. */
const noChunks = /returned error: 411|HTTP 411/;
/** In bytes: git takes so much memory for a push, whether or not it has as much. */
const wholePush = 128 * 1024 * 1024;

async function push(session: Session, lease: string, refspec: string): Promise<void> {
  const args = [
    'push',
    '--porcelain',
    // A thin pack could need the old blob of each file, which the cache does not have. Over HTTP,
    // git 2.39 packs thin anyway, but can do without missing blobs, since this run has no
    // promisor.
    '--no-thin',
    '--no-verify',
    '--no-follow-tags',
    '--no-recurse-submodules',
    ...session.connection.style.pushOptions.map((option) => `--push-option=${option}`),
    lease,
    '--end-of-options',
    'origin',
    refspec,
  ];
  try {
    await session.remote('push', args);
  } catch (error) {
    if (!saidBy(error, noChunks)) throw error;
    await session.remote('push', args, { 'http.postBuffer': String(wholePush) });
  }
}

/** Whether a new branch was to start from a commit that is no longer the tip of its branch. */
async function startMoved(session: Session, tip: TipState): Promise<boolean> {
  if (tip.sha !== null || tip.start === null) return false;
  const { branch, sha } = tip.start;
  // If the remote cannot be asked, the failure of the push says why.
  return (await askBranch(session, branch).catch(() => sha)) !== sha;
}

/** Whether someone has committed on top of ours in the meantime. */
async function holds(session: Session, sha: string, parent: string | null): Promise<boolean> {
  const now = await fetchTip(session);
  return now.sha !== null && (await isAncestor(session, sha, now.sha, parent));
}
