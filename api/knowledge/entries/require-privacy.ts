import type { Kind } from '../../../model/knowledge/entry.ts';
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
  if (!kind.personal || row.rules.publicKinds.includes(kind.name)) return;
  const { result, reason } = await deps.checkSpaceVisibility(row.id, {
    signal: AbortSignal.timeout(patience),
  });
  if (result === 'private') return;
  throw new ApiProblem(
    422,
    'public_repository',
    `${result === 'public' ? 'Anyone can read the repository' : 'It is not known who can read the repository'} (${reason}), ` +
      `and entries of the kind ${kind.name} contain personal data. Make it private, or have an admin add the kind to rules.publicKinds.`,
  );
}
