import type { Kind } from '../../../model/knowledge/entry.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import type { SpaceAccess } from '../spaces/space-access.ts';

/** Milliseconds that a save waits for an answer about its repository. */
const patience = 30_000;

/** Throws 422 `public_repository` where data of persons would go into a repository that anybody can read, or of which nobody knows. */
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
    `${result === 'public' ? 'Anybody can read the repository' : 'Nobody can say who may read the repository'} (${reason}), ` +
      `and entries of the kind ${kind.name} are of persons. Make it private, or let an admin name the kind under rules.publicKinds.`,
  );
}
