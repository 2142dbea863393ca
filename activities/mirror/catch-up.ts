import { listUnendedMirrors } from '../../db/mirror/mirrors.ts';
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

/** Asks one mirror to compare itself with the source. */
export async function requestCatchUp(
  { workflows }: ActivityDependencies,
  key: MirrorKey,
): Promise<void> {
  await workflows.signal(key, 'catchUp');
}
