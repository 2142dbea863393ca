import { listUnendedMirrors } from '../../db/mirror/mirrors.ts';
import { retryRefused } from '../../db/mirror/retry-refused.ts';
import type { MirrorKey } from '../../model/mirror/ids.ts';
import type { ActivityDependencies } from '../streams/dependencies.ts';

/** The project's mirrors that are neither ended nor paused. */
export async function listActiveMirrors(
  { db }: ActivityDependencies,
  projectId: string,
): Promise<MirrorKey[]> {
  const rows = await listUnendedMirrors(db, projectId);
  return rows
    .filter(({ pausedAt }) => pausedAt === null)
    .map(({ projectId, branchId }) => ({ projectId, branchId }));
}

/** Asks all active mirrors of a project to compare themselves with the source. */
export async function requestCatchUps(
  deps: ActivityDependencies,
  projectId: string,
): Promise<void> {
  for (const mirror of await listActiveMirrors(deps, projectId)) await requestCatchUp(deps, mirror);
}

/** Asks one mirror to compare itself with the source, and to send what the host refused a day ago once more. */
export async function requestCatchUp(
  { db, workflows }: ActivityDependencies,
  key: MirrorKey,
): Promise<void> {
  await retryRefused(db, key, { onlyOld: true });
  await workflows.signal(key, 'catchUp');
}
