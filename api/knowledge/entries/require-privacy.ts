import type { Kind } from '../../../model/knowledge/entry.ts';
import { whyNotAccepted } from '../../../model/knowledge/privacy.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import type { SpaceAccess } from '../spaces/space-access.ts';

/** How long a save waits to find out who can read its repository, in milliseconds. */
const patience = 30_000;

/**
 * Throws 422 `public_repository` if personal data would go into a repository that anyone can read,
 * or if nobody knows who can read it.
 */
export async function requirePrivacy(
  deps: ApiDeps,
  { row }: SpaceAccess,
  kind: Kind,
): Promise<void> {
  const refusal = await whyNotAccepted(kind, row.rules, () =>
    deps.checkSpaceVisibility(row.id, { signal: AbortSignal.timeout(patience) }),
  );
  if (refusal !== null) throw new ApiProblem(422, 'public_repository', refusal);
}
