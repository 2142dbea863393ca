import { sql } from 'kysely';
import type { DayFigures } from '../../model/telemetry/recent-figures.ts';
import type { Db } from '../connect.ts';

/** It is read seldom, and takes longer than what is read for each look. */
const longestStatement = '30s';

/**
 * Reads what the installation did on each day (UTC) that begins at one of these times, which follow each other; the last one
 * has not ended. Percentiles are latencies that occurred (nearest rank). Its cost follows what was delivered in these days.
 */
export async function readDays(db: Db, days: readonly Date[]): Promise<DayFigures[]> {
  const from = days[0];
  if (from === undefined) return [];
  const of = (column: ReturnType<typeof sql.ref>) => sql`date_trunc('day', ${column}, 'UTC')`;
  return db
    .transaction()
    .setAccessMode('read only')
    .execute(async (trx) => {
      await sql`SET LOCAL statement_timeout = ${sql.lit(longestStatement)}`.execute(trx);
      const { rows } = await sql<DayFigures>`
        WITH changes AS (
          -- Through mirrors, whose changes an index has by time. Two clocks may tell times in the wrong order.
          SELECT ${of(sql.ref('e.delivered_at'))} AS day, count(*) AS changes,
            percentile_disc(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY
              greatest(0, date_part('epoch', e.delivered_at - e.occurred_at))) AS latency
          FROM mirrors m
          JOIN change_events e ON e.project_id = m.project_id AND e.branch_id = m.branch_id
          WHERE e.delivered_at >= ${from}
          GROUP BY 1
        ), commits AS (
          -- Hashed, while count(DISTINCT) would sort, in the order of a language.
          SELECT day, count(*) AS commits
          FROM (
            SELECT DISTINCT ${of(sql.ref('delivered_at'))} AS day, stream, commit_sha FROM batches
            WHERE state = 'delivered' AND delivered_at >= ${from} AND commit_sha IS NOT NULL
              AND stream LIKE 'mirror/%'
          ) made
          GROUP BY 1
        ), delivered AS (
          SELECT ${of(sql.ref('delivered_at'))} AS day, count(*) AS batches
          FROM batches WHERE state = 'delivered' AND delivered_at >= ${from}
          GROUP BY 1
        ), left_out AS (
          SELECT ${of(sql.ref('delivered_at'))} AS day, sum(redactions) AS redactions
          FROM batches
          WHERE state = 'delivered' AND redactions > 0 AND delivered_at >= ${from} AND stream LIKE 'mirror/%'
          GROUP BY 1
        ), failed AS (
          SELECT ${of(sql.ref('started_at'))} AS day, count(*) AS attempts
          FROM failed_attempts WHERE lane = 'repository' AND started_at >= ${from}
          GROUP BY 1
        )
        SELECT d.day AS "from", coalesce(c.commits, 0) AS commits, coalesce(e.changes, 0) AS changes,
          e.latency[1] AS p50, e.latency[2] AS p95, coalesce(b.batches, 0) AS succeeded,
          coalesce(f.attempts, 0) AS failed, coalesce(l.redactions, 0)::integer AS redactions
        FROM unnest(${[...days]}::timestamptz[]) AS d (day)
        LEFT JOIN changes e ON e.day = d.day
        LEFT JOIN commits c ON c.day = d.day
        LEFT JOIN delivered b ON b.day = d.day
        LEFT JOIN left_out l ON l.day = d.day
        LEFT JOIN failed f ON f.day = d.day
        ORDER BY d.day`.execute(trx);
      return rows;
    });
}
