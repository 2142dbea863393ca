import type { MirrorEnding } from '../../model/mirror/branches.ts';
import type { MirrorKey } from '../../model/mirror/ids.ts';
import type { Db } from '../connect.ts';

/**
 * What was told of a branch that is gone: who merged it and when or, where nobody told that, who deleted
 * it. Where nobody told anything it was deleted, found now.
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
