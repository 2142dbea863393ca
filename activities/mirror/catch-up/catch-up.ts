import { listUnendedMirrors, mirrorKey } from '../../../db/mirror/mirrors.ts';
import { retryRefused } from '../../../db/mirror/retry-refused.ts';
import { mirrorStream, type MirrorKey } from '../../../model/mirror/ids.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import { withHeartbeat } from '../../streams/execution.ts';
import type { CatchUpResult } from '../contract.ts';
import { isActive } from '../read-mirror.ts';
import { findUnchanged } from './find-unchanged.ts';
import type { TipsAtHand } from './tips-at-hand.ts';

/** The project's mirrors that are neither ended nor paused. */
export async function listActiveMirrors(
  { db }: ActivityDependencies,
  projectId: string,
): Promise<MirrorKey[]> {
  return (await listUnendedMirrors(db, projectId)).filter(isActive).map(mirrorKey);
}

/**
 * Asks those active mirrors of a project to compare themselves with the source of which it cannot be seen here that they would find
 * nothing: a comparison of their own takes a window and a delivery each.
 */
export async function catchUpProject(
  deps: ActivityDependencies & { tipsAtHand: TipsAtHand },
  projectId: string,
): Promise<CatchUpResult> {
  return withHeartbeat(async (execution) => {
    const rows = (await listUnendedMirrors(deps.db, projectId)).filter(isActive);
    const unchanged = await findUnchanged(deps, projectId, rows, execution);
    const others = rows.map(mirrorKey).filter((mirror) => !unchanged.has(mirrorStream(mirror)));
    for (const mirror of others) await requestCatchUp(deps, mirror);
    return { asked: others.length, unchanged: unchanged.size };
  });
}

/** Asks one mirror to compare itself with the source, and to send what the host refused a day ago once more. */
export async function requestCatchUp(
  { db, workflows }: ActivityDependencies,
  mirror: MirrorKey,
): Promise<void> {
  await retryRefused(db, mirror, { onlyOld: true });
  await workflows.signal(mirror, 'catchUp');
}
