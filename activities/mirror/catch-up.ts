import { activeMirrors } from '../../db/mirror/mirrors.ts';
import type { MirrorKey } from '../../model/mirror/ids.ts';
import type { ActivityDependencies } from '../streams/dependencies.ts';

/** The project's mirrors that are neither ended nor paused. */
export async function listActiveMirrors(
  { db }: ActivityDependencies,
  projectId: string,
): Promise<MirrorKey[]> {
  const rows = await activeMirrors(db, projectId);
  return rows
    .filter(({ paused_at }) => paused_at === null)
    .map(({ project_id, branch_id }) => ({ projectId: project_id, branchId: branch_id }));
}

/** Asks one mirror to compare itself with the source. */
export async function requestCatchUp(
  { workflows }: ActivityDependencies,
  key: MirrorKey,
): Promise<void> {
  await workflows.signal(key, 'catchUp');
}
