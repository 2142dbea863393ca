import { StreamFailure } from '../../model/streams/errors.ts';
import type { PushAccess, RepositoryFindings } from '../../model/streams/repository-findings.ts';
import type { Remote } from '../../git/types.ts';
import { askVisibility } from './check-visibility.ts';
import type { ActivityDependencies } from './dependencies.ts';

type CheckDependencies = Pick<ActivityDependencies, 'git' | 'hosts'>;

/** What reading a branch of a repository found. */
export interface FoundBranch {
  /** Why it could not be read. */
  failure: RepositoryFindings['failure'];
  empty: boolean;
  tip: string | null;
}

/** How long each question may take, in milliseconds: a person is waiting. */
const patience = 15_000;

/**
 * Finds out whether a stream could write to a branch of a repository, and who could read it there. Changes nothing and
 * fetches nothing. Rejects only with the signal's reason and with defects.
 */
export async function checkRepository(
  deps: CheckDependencies,
  remote: Remote,
  { signal }: { signal: AbortSignal },
): Promise<RepositoryFindings> {
  return repositoryFindings(deps, remote, await findBranch(deps, remote, signal), { signal });
}

/** What {@link checkRepository} returns, about a branch that was read already. */
export async function repositoryFindings(
  deps: CheckDependencies,
  remote: Remote,
  { failure, empty, tip }: FoundBranch,
  { signal }: { signal: AbortSignal },
): Promise<RepositoryFindings> {
  const [{ visibility, host }, push] = await Promise.all([
    askVisibility(deps, remote, { signal }),
    failure === null ? askPush(deps, remote, signal) : { allowed: null, reason: failure.message },
  ]);
  const pushAllowed = bothAllow(host?.pushAllowed ?? null, push.allowed);
  return {
    reachable: failure === null,
    failure,
    empty: failure === null ? empty : null,
    tip,
    pushAllowed,
    pushReason: pushAllowed === true ? '' : push.reason || hostRefuses(host?.host),
    branchProtected: host?.branchProtected ?? null,
    visibility: visibility.result,
    visibilityReason: visibility.reason,
  };
}

/** Either may refuse. The host knows of the branch, Git only of the repository. */
function bothAllow(host: boolean | null, git: boolean | null): boolean | null {
  return host === false || git === false ? false : (host ?? git);
}

function hostRefuses(host = 'The host'): string {
  return `${host} says that the credential may not push to this branch. Allow its account to, or choose another branch.`;
}

async function findBranch(
  { git }: CheckDependencies,
  remote: Remote,
  signal: AbortSignal,
): Promise<FoundBranch> {
  const late = AbortSignal.timeout(patience);
  try {
    const options = { signal: AbortSignal.any([signal, late]) };
    const { sha, repositoryEmpty } = await git.askBranch(remote, options);
    return { failure: null, empty: repositoryEmpty, tip: sha };
  } catch (error) {
    signal.throwIfAborted();
    const { code, message } = late.aborted ? tooLate(remote) : expected(error);
    return { failure: { code, message }, empty: false, tip: null };
  }
}

async function askPush(
  { git }: CheckDependencies,
  remote: Remote,
  signal: AbortSignal,
): Promise<PushAccess> {
  const late = AbortSignal.timeout(patience);
  try {
    return await git.askPush(remote, { signal: AbortSignal.any([signal, late]) });
  } catch (error) {
    signal.throwIfAborted();
    const { message } = late.aborted ? tooLate(remote) : expected(error);
    return { allowed: null, reason: message };
  }
}

function tooLate({ url }: Remote): StreamFailure {
  return new StreamFailure(
    'repository_timeout',
    `${url} did not answer within ${patience / 1_000} s. Check the address, and try again.`,
  );
}

/** A classified failure; anything else is a defect and is thrown again. */
function expected(error: unknown): StreamFailure {
  if (error instanceof StreamFailure && error.code !== 'internal_error') return error;
  throw error;
}
