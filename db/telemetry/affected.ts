import { sql } from 'kysely';
import type { Affected } from '../../model/telemetry/recent-figures.ts';
import { targets } from '../../model/telemetry/targets.ts';
import { heldCodes } from '../../model/streams/errors.ts';
import type { Db } from '../connect.ts';

/** How many are named. */
const mostNamed = 20;

/** A change that waits longer than an ordinary delivery takes, in seconds. */
const longWait = 300;

/**
 * Reads which mirrors and spaces fail, or have a change that waits for long: those that need a decision first, then those
 * that failed for hours, then those with the longest waits. Not what somebody paused.
 */
export async function readAffected(db: Db): Promise<Affected> {
  const { rows } = await sql<Affected>`
    WITH waiting AS (
      SELECT 'mirror/' || m.project_id || '/' || m.branch_id AS stream, e.since
      FROM (
        SELECT project_id, branch_id, min(received_at) AS since
        FROM change_events WHERE delivered_at IS NULL
        GROUP BY project_id, branch_id
      ) e
      JOIN mirrors m ON m.project_id = e.project_id AND m.branch_id = e.branch_id
      WHERE m.ended_at IS NULL AND m.paused_at IS NULL AND e.since < now() - make_interval(secs => ${longWait})
    ), failing AS (
      SELECT o.stream, min(o.since) AS since, bool_or(o.code = ANY (${[...heldCodes]}::text[])) AS held,
        bool_or(o.escalated_at IS NOT NULL) AS escalated
      FROM outages o
      WHERE o.ended_at IS NULL AND (
        EXISTS (SELECT FROM mirrors m
          WHERE m.project_id = split_part(o.stream, '/', 2) AND m.branch_id = split_part(o.stream, '/', 3)
            AND o.stream LIKE 'mirror/%' AND m.ended_at IS NULL AND m.paused_at IS NULL)
        OR EXISTS (SELECT FROM spaces s
          WHERE s.id = split_part(o.stream, '/', 2) AND o.stream LIKE 'space/%'
            AND s.ended_at IS NULL AND s.paused_at IS NULL))
      GROUP BY o.stream
    ), affected AS MATERIALIZED (
      SELECT stream, coalesce(f.held, false) AS held, coalesce(f.escalated, false) AS escalated,
        least(f.since, w.since) AS since, w.since AS waits_since
      FROM waiting w FULL JOIN failing f USING (stream)
    )
    SELECT count(*) AS count,
      count(*) FILTER (WHERE waits_since < now() - make_interval(secs => ${targets.oldestWaiting})) AS stale,
      ARRAY (SELECT stream FROM affected
        ORDER BY held DESC, escalated DESC, since, stream LIMIT ${mostNamed}) AS worst
    FROM affected`.execute(db);
  const [affected] = rows;
  if (affected === undefined) throw new Error('A query without a table returned no row.');
  return affected;
}
