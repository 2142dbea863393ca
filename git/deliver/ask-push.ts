import { StreamFailure, type FailureCode } from '../../model/streams/errors.ts';
import type { PushAccess } from '../../model/streams/repository-findings.ts';
import type { Session } from '../run/session.ts';

/** Why a repository that can be read does not let somebody push. Some hosts then say that it does not exist. */
const refusals: ReadonlySet<FailureCode> = new Set([
  'credential_refused',
  'branch_protected',
  'repository_archived',
  'repository_unsupported',
  'repository_not_found',
]);

/**
 * Whether the remote would accept a push, found out without making one: git asks what it needs to know before a push,
 * which hosts answer only to those who may write, and then has nothing to send. See `GitDeliverer.askPush`.
 */
export async function askPush(session: Session): Promise<PushAccess> {
  const { url, protocols } = session.connection;
  if (protocols.includes('file'))
    return { allowed: null, reason: `Whether ${url} can be written was not tried: it is local.` };
  try {
    if (await session.offerPush()) return { allowed: true, reason: '' };
    return { allowed: null, reason: `The server at ${url} does not answer like a Git server.` };
  } catch (error) {
    session.signal.throwIfAborted();
    if (!(error instanceof StreamFailure) || error.code === 'internal_error') throw error;
    return { allowed: refusals.has(error.code) ? false : null, reason: error.message };
  }
}
