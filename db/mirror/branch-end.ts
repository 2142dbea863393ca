import type { MirrorEnding } from '../../model/mirror/branches.ts';
import type { MirrorKey } from '../../model/mirror/ids.ts';
import type { Db } from '../connect.ts';

/**
 * How a branch ended according to its changes: who merged it and when or, if no change says that it
 * was merged, who deleted it. If no change says either, it counts as deleted now.
 */
export async function readBranchEnd(
  db: Db,
  { projectId, branchId }: MirrorKey,
): Promise<MirrorEnding> {
  const ends = await db
    .selectFrom('changeEvents')
    .select(['author', 'occurredAt', 'description'])
    .where('projectId', '=', projectId)
    .where('branchId', '=', branchId)
    .where('type', '=', 'branch_changed')
    .where('description', 'in', ['branch merged', 'branch deleted'])
    .orderBy('sequence', 'desc')
    .execute();
  const merged = ends.find(({ description }) => description === 'branch merged');
  const end = merged ?? ends[0];
  if (end === undefined) return { kind: 'deleted', at: new Date().toISOString(), by: null };
  return {
    kind: merged === undefined ? 'deleted' : 'merged',
    at: end.occurredAt.toISOString(),
    by: end.author,
  };
}
