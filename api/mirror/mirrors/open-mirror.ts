import { readMirrorOverview, type MirrorOverview } from '../../../db/mirror/mirror-status.ts';
import { mirrorStream, type MirrorKey } from '../../../model/mirror/ids.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem, mirrorNotFound } from '../../http/problem.ts';

/** The mirror and its state; throws 404 if there is none. */
export async function overviewOf(
  { db }: Pick<ApiDeps, 'db'>,
  key: MirrorKey,
): Promise<MirrorOverview> {
  const overview = await readMirrorOverview(db, key);
  if (!overview) throw mirrorNotFound(key.projectId, key.branchId);
  return overview;
}

/** The problem for an action on an ended mirror. */
export function mirrorEnded(key: MirrorKey): ApiProblem {
  return new ApiProblem(
    409,
    'mirror_ended',
    `${mirrorStream(key)} has ended. Enable it again with PUT.`,
  );
}
