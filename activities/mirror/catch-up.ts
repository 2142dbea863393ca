import { listUnendedMirrors, mirrorKey } from '../../db/mirror/mirrors.ts';
import { retryRefused } from '../../db/mirror/retry-refused.ts';
import { mirrorStream, type MirrorKey } from '../../model/mirror/ids.ts';
import type { ActivityDependencies } from '../streams/dependencies.ts';
import { withHeartbeat } from '../streams/execution.ts';
import type { CatchUpResult } from './contract.ts';
import { findUnchanged } from './find-unchanged.ts';
import { isActive } from './read-mirror.ts';

/** The project's mirrors that are neither ended nor paused. */
export async function listActiveMirrors(
  { db }: ActivityDependencies,
  projectId: string,
): Promise<MirrorKey[]> {
  const rows = await listUnendedMirrors(db, projectId);
  return rows.filter(isActive).map(mirrorKey);
}

/**
 * Asks those active mirrors of a project to compare themselves with the source of which it cannot be seen here that they would find
 * nothing: a comparison of their own takes a window and a delivery each. What a host refused a day ago is sent once more.
 */
export async function catchUpProject(
  deps: ActivityDependencies,
  projectId: string,
): Promise<CatchUpResult> {
  return withHeartbeat(async (execution) => {
    const keys = await listActiveMirrors(deps, projectId);
    for (const key of keys) await retryRefused(deps.db, key, { onlyOld: true });
    const rows = (await listUnendedMirrors(deps.db, projectId)).filter(isActive);
    const unchanged = await findUnchanged(deps, rows, execution);
    const others = rows.filter((row) => !unchanged.has(mirrorStream(mirrorKey(row))));
    for (const row of others) await deps.workflows.signal(mirrorKey(row), 'catchUp');
    return { asked: others.length, unchanged: unchanged.size };
  });
}

/** Asks one mirror to compare itself with the source, and to send what the host refused a day ago once more. */
export async function requestCatchUp(
  { db, workflows }: ActivityDependencies,
  key: MirrorKey,
): Promise<void> {
  await retryRefused(db, key, { onlyOld: true });
  await workflows.signal(key, 'catchUp');
}
