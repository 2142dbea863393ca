import { sql } from 'kysely';
import type { Cursor } from '../../model/housekeeping/run.ts';
import type { MirrorKey } from '../../model/mirror/ids.ts';
import type { Trx } from '../connect.ts';
import type { Portion, PortionInput } from './portion.ts';

/** How many mirrors are found at once. */
const mirrorsAtOnce = 50;

/**
 * Removes the next portion of changes that have long been in Git, mirror by mirror: the index of what each delivered finds them,
 * so that a table with millions of rows needs no other.
 */
export async function removeChanges(
  trx: Trx,
  { before, limit, cursor }: PortionInput,
): Promise<Portion> {
  const mirrors = await findMirrors(trx, cursor, before);
  let removed = 0;
  for (const mirror of mirrors) {
    removed += await removeOf(trx, mirror, before, limit - removed);
    // The next portion begins with this mirror, which may have more.
    if (removed >= limit) return { removed, cursor: [mirror.projectId, mirror.branchId, 'again'] };
  }
  const last = mirrors.at(-1);
  if (last === undefined || mirrors.length < mirrorsAtOnce) return { removed, cursor: null };
  return { removed, cursor: [last.projectId, last.branchId, 'next'] };
}

/** Finds the next mirrors with old changes. */
async function findMirrors(trx: Trx, cursor: Cursor | null, before: Date): Promise<MirrorKey[]> {
  const [projectId, branchId, how] = cursor ?? ['', '', 'again'];
  const isFrom = sql.raw(how === 'again' ? '>=' : '>');
  const { rows } = await sql<MirrorKey>`
    SELECT m.project_id, m.branch_id FROM mirrors m
    WHERE (m.project_id, m.branch_id) ${isFrom} (${projectId}, ${branchId})
      -- With a limit it is asked for each mirror, and never becomes a join with all changes.
      AND (SELECT true FROM change_events c
        WHERE c.project_id = m.project_id AND c.branch_id = m.branch_id AND c.delivered_at < ${before} LIMIT 1)
    ORDER BY m.project_id, m.branch_id LIMIT ${mirrorsAtOnce}`.execute(trx);
  return rows;
}

async function removeOf(
  trx: Trx,
  { projectId, branchId }: MirrorKey,
  before: Date,
  limit: number,
): Promise<number> {
  const gone = await sql`
    DELETE FROM change_events WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM change_events
      WHERE project_id = ${projectId} AND branch_id = ${branchId} AND delivered_at < ${before}
      ORDER BY delivered_at LIMIT ${limit} FOR UPDATE SKIP LOCKED))`.execute(trx);
  return Number(gone.numAffectedRows ?? 0);
}
