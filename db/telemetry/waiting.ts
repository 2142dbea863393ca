import { sql } from 'kysely';
import type { Waiting } from '../../model/telemetry/figures.ts';
import { otherValues, type LabelLimits } from '../../model/telemetry/label-limits.ts';
import type { Db } from '../connect.ts';

/** A change that waits longer than an ordinary delivery takes, in seconds: its mirror is worth a name. */
const longWait = 300;

/** Reads what waits now in mirrors and spaces that somebody has neither paused nor ended. */
export async function readWaiting(db: Db, { projects, branches }: LabelLimits): Promise<Waiting> {
  const { rows } = await sql<Waiting>`
    WITH waiting AS MATERIALIZED (
      SELECT m.project_id, m.branch_id, e.changes,
        greatest(0, date_part('epoch', now() - e.since)) AS seconds
      FROM (
        SELECT project_id, branch_id, count(*) AS changes, min(received_at) AS since
        FROM change_events WHERE delivered_at IS NULL
        GROUP BY project_id, branch_id
      ) e
      JOIN mirrors m ON m.project_id = e.project_id AND m.branch_id = e.branch_id
      WHERE m.ended_at IS NULL AND m.paused_at IS NULL
    ), longest AS (
      SELECT ${namedUpTo(projects, 'project_id')} AS "projectId",
        ${namedUpTo(branches, 'branch_id')} AS "branchId", max(seconds) AS seconds
      FROM (SELECT *, row_number() OVER (ORDER BY seconds DESC, project_id, branch_id) AS at FROM waiting) w
      GROUP BY 1, 2
    ), queues AS (
      SELECT 'mirrors' AS queue, coalesce(sum(changes), 0) AS depth FROM waiting
      UNION ALL
      SELECT 'spaces', count(*) FROM saves v JOIN spaces s ON s.id = v.space_id
      WHERE v.state = 'waiting' AND s.ended_at IS NULL AND s.paused_at IS NULL
      UNION ALL
      SELECT 'operations', coalesce(sum(total - done), 0) FROM operations
      WHERE state IN ('waiting', 'running') AND type <> 'check'
      UNION ALL
      SELECT 'checks', coalesce(sum(total - done), 0) FROM operations
      WHERE state IN ('waiting', 'running') AND type = 'check'
      UNION ALL
      SELECT 'notices', count(*) FROM notices
      -- What could not be sent for days is given up.
      WHERE sent_at IS NULL AND created_at > now() - interval '2 days'
    )
    SELECT (SELECT json_agg(queues) FROM queues) AS queues,
      (SELECT coalesce(json_agg(longest), '[]') FROM longest) AS oldest,
      (SELECT count(*) FROM conflicts WHERE settled IS NULL) AS conflicts_open,
      (SELECT count(*) FROM reviews WHERE ended_at IS NULL) AS reviews_open`.execute(db);
  const [waiting] = rows;
  if (waiting === undefined) throw new Error('A query without a table returned no row.');
  return waiting;
}

/** The column, of the first `most` (`null`: of all) that wait long; what passes in a moment would be a series each time. */
function namedUpTo(most: number | null, column: 'project_id' | 'branch_id') {
  return sql`CASE WHEN seconds > ${longWait} AND at <= coalesce(${most}::integer, at)
    THEN ${sql.ref(column)} ELSE ${otherValues} END`;
}
