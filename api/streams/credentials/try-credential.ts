import type { Static } from '@fastify/type-provider-typebox';
import { openRemote } from '../../../db/streams/open-remote.ts';
import { originOf } from '../../../model/streams/credential-origin.ts';
import { StreamFailure, type FailureCode } from '../../../model/streams/errors.ts';
import type { ApiDeps } from '../../http/deps.ts';
import type { CredentialTestView } from './credential-schema.ts';

/** What came of trying a credential with one repository. */
type Tried = Static<typeof CredentialTestView>['items'][number];

/** How long one repository may take, in milliseconds. */
const patience = 20_000;

/**
 * Tries to read a repository's branches with a credential, and nothing else. The credential is sent
 * to no other origin than its own. Rejects only because of a bug, or if it cannot be unsealed.
 */
export async function tryCredential(
  deps: Pick<ApiDeps, 'db' | 'sealer' | 'clones'>,
  credentialId: string,
  { url, branch }: { url: string; branch: string },
): Promise<Tried> {
  const repository = { url };
  if (originOf(url) === null)
    return {
      ...{ repository, result: 'not_needed' },
      reason: 'The repository is on the local file system, where no credential is used.',
    };
  const signal = AbortSignal.timeout(patience);
  try {
    const place = { repositoryUrl: url, repositoryBranch: branch, credentialId };
    await deps.clones.askTip(await openRemote(deps, place), { signal });
    return {
      ...{ repository, result: 'opens' },
      reason: 'The repository can be read with it. Whether it may also push was not tried.',
    };
  } catch (error) {
    if (signal.aborted)
      return {
        ...{ repository, result: 'not_reached' },
        reason: `The host did not answer within ${patience / 1_000} s. Try again later.`,
      };
    if (!(error instanceof StreamFailure) || error.code === 'internal_error') throw error;
    return { repository, result: results[error.code] ?? 'not_reached', reason: error.message };
  }
}

const results: Partial<Record<FailureCode, Tried['result']>> = {
  credential_refused: 'refused',
  credential_origin: 'other_origin',
  repository_not_found: 'not_found',
};
