import type { Db } from '../../../db/connect.ts';
import { findDefaultMirror, type Mirror } from '../../../db/mirror/mirrors.ts';
import { startBranchOf } from '../open-mirror.ts';
import { isActive } from '../read-mirror.ts';

/**
 * Whether the first commit of a development branch should wait until the default branch's mirror has made its own:
 * whoever enables both at once wants to compare them, which is impossible without a common commit. If that mirror does
 * not work, the branch begins without it.
 */
export async function waitsForDefaultMirror(db: Db, row: Mirror): Promise<boolean> {
  if (row.deliveredSha !== null) return false;
  const other = await findDefaultMirror(db, row.projectId);
  if (!isActive(other) || other.initializedAt !== null) return false;
  return (await startBranchOf(db, row)) === other.repositoryBranch;
}
