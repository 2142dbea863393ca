import { sql } from 'kysely';
import type { RecentFigures } from '../../model/telemetry/recent-figures.ts';
import type { Db } from '../connect.ts';
import { readAffected } from './affected.ts';

/** Nobody waits longer for figures, and a database that is busy should not work on them. */
const longestStatement = '10s';

/**
 * Reads what the installation did in the last minutes and day, and who is affected now. Percentiles are times that occurred
 * (nearest rank). Its cost follows what was delivered in a day, and what waits now.
 */
export async function readRecent(db: Db): Promise<RecentFigures> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (trx) => {
      await sql`SET LOCAL statement_timeout = ${sql.lit(longestStatement)}`.execute(trx);
      return { ...(await readDay(trx)), affected: await readAffected(trx) };
    });
}

async function readDay(db: Db): Promise<Omit<RecentFigures, 'affected'>> {
  const { rows } = await sql<Omit<RecentFigures, 'affected'>>`
    WITH changes AS (
      -- Through mirrors, whose changes an index has by time. Two clocks may tell times in the wrong order.
      SELECT e.delivered_at, greatest(0, date_part('epoch', e.delivered_at - e.occurred_at)) AS seconds
      FROM mirrors m
      JOIN change_events e ON e.project_id = m.project_id AND e.branch_id = m.branch_id
      WHERE e.delivered_at > now() - interval '1 day'
    ), latency AS (
      SELECT ${percentiles(sql`seconds`, sql`delivered_at > now() - interval '5 minutes'`)} AS five_minutes,
        ${percentiles(sql`seconds`, sql`true`)} AS day
      FROM changes
    ), delivery AS (
      SELECT ${percentiles(sql`greatest(0, date_part('epoch', delivered_at - window_closed_at))`, sql`true`)} AS figures
      FROM batches
      WHERE state = 'delivered' AND delivered_at > now() - interval '1 day' AND stream LIKE 'mirror/%'
        AND window_closed_at IS NOT NULL
    ), saved AS (
      SELECT ${percentiles(sql`greatest(0, date_part('epoch', s.delivered_at - s.created_at))`, sql`true`)} AS figures
      FROM batches b JOIN saves s ON s.batch_id = b.id
      WHERE b.state = 'delivered' AND b.delivered_at > now() - interval '1 day' AND b.stream LIKE 'space/%'
        AND s.state = 'delivered' AND s.delivered_at IS NOT NULL
    ), agents AS (
      SELECT count(*) AS active, count(*) FILTER (WHERE last_used_at > now() - interval '7 days') AS used
      FROM tokens
      WHERE role = 'agent' AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())
    )
    SELECT (SELECT json_build_object('fiveMinutes', five_minutes, 'day', day) FROM latency) AS latency,
      (SELECT figures FROM delivery) AS delivery,
      (SELECT figures FROM saved) AS saves,
      (SELECT count(*) FROM failed_attempts
        WHERE lane = 'repository' AND started_at > now() - interval '1 day') AS failed_attempts,
      (SELECT count(*) FROM outages
        WHERE lane = 'repository' AND ended_at > now() - interval '1 day' AND ended_at > since) AS outages_ended,
      (SELECT count(*) FROM outages WHERE ended_at IS NULL) AS outages_open,
      (SELECT count(*) FROM audit_log
        WHERE action = 'credential.rotate' AND at > now() - interval '30 days') AS rotations,
      (SELECT json_build_object('active', active, 'used', used) FROM agents) AS agent_tokens`.execute(
    db,
  );
  const [day] = rows;
  if (day === undefined) throw new Error('A query without a table returned no row.');
  return day;
}

/** `Percentiles` of a column of seconds, of the rows for which `where` is true. */
function percentiles(seconds: ReturnType<typeof sql>, where: ReturnType<typeof sql>) {
  const at = (share: number) =>
    sql`percentile_disc(${sql.lit(share)}) WITHIN GROUP (ORDER BY ${seconds}) FILTER (WHERE ${where})`;
  return sql`json_build_object('count', count(*) FILTER (WHERE ${where}), 'p50', ${at(0.5)}, 'p95', ${at(0.95)})`;
}
