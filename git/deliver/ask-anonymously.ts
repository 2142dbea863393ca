import { StreamFailure } from '../../model/streams/errors.ts';
import type { AnonymousAccess } from '../../model/streams/visibility.ts';
import type { AddressPolicy } from '../../network/address-policy.ts';
import type { Session } from '../run/session.ts';
import type { DeliverOptions, Remote } from '../types.ts';

/** Runs a task in a cache of the remote. */
type InSession = <T>(
  remote: Remote,
  options: DeliverOptions,
  task: (session: Session) => Promise<T>,
) => Promise<T>;

/**
 * No branch of this name is ever requested. With its own cache, the check never waits for a
 * delivery that asks it in the middle of its work.
 */
const ownCache = 'gitward-anonymous-check';

/**
 * Whether a repository can be read without any credential: git gets none, asks nobody for one, and
 * follows no redirect. Only a refusal for lack of a credential proves that it cannot; other
 * failures prove nothing. See `GitDeliverer.askAnonymously`.
 */
export async function askAnonymously(
  inSession: InSession,
  policy: AddressPolicy,
  url: string,
  options: DeliverOptions,
): Promise<AnonymousAccess> {
  try {
    if (policy.checkRepositoryUrl(url).startsWith('file:'))
      return { outcome: 'local', problem: '' };
    const remote: Remote = { url, branch: ownCache, credential: null };
    const { speaksGit } = await inSession(remote, options, (session) => session.listBranches());
    // The answer may come from a login page, which git takes for an empty repository.
    return speaksGit
      ? { outcome: 'readable', problem: '' }
      : { outcome: 'unknown', problem: `The server at ${url} is not a Git server.` };
  } catch (error) {
    options.signal.throwIfAborted();
    if (!(error instanceof StreamFailure) || error.code === 'internal_error') throw error;
    if (error.code === 'credential_refused') return { outcome: 'refused', problem: '' };
    return {
      outcome: 'unknown',
      problem: `Gitward could not read ${url} without a credential, but was not refused either (${error.code}).`,
    };
  }
}
