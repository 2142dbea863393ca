import { sql } from 'kysely';
import type { StreamId } from '../../model/streams/ids.ts';
import type { Db } from '../connect.ts';

/** What a stream did in one hour. */
export interface TrendHour {
  stream: StreamId;
  /** Full hours since the beginning of the trend. */
  hour: number;
  commits: number;
  /** Attempts that failed. */
  failedAttempts: number;
}

/** Which streams {@link listTrends} tells about, and since when. */
export interface TrendsWanted {
  /** Only mirrors of these projects; `null`: of all. */
  projects: readonly string[] | null;
  /** Only these spaces; `null`: all. */
  spaces: readonly string[] | null;
  from: Date;
}

/** Lists the hours in which streams that have not ended made commits or failed. The others are left out. */
export async function listTrends(
  db: Db,
  { projects, spaces, from }: TrendsWanted,
): Promise<TrendHour[]> {
  const { rows } = await sql<TrendHour>`
    SELECT stream, hour, sum(commits)::integer AS commits, sum(failed)::integer AS failed_attempts
    FROM (
      SELECT 'mirror/' || project_id || '/' || branch_id AS stream FROM mirrors
      WHERE ended_at IS NULL AND (${projects}::text[] IS NULL OR project_id = ANY (${projects}::text[]))
      UNION ALL
      SELECT 'space/' || id FROM spaces
      WHERE ended_at IS NULL AND (${spaces}::text[] IS NULL OR id = ANY (${spaces}::text[]))
    ) s
    CROSS JOIN LATERAL (
      SELECT ${hourOf(sql.ref('b.delivered_at'), from)} AS hour, count(DISTINCT b.commit_sha) AS commits, 0 AS failed
      FROM batches b
      WHERE b.stream = s.stream AND b.state = 'delivered' AND b.delivered_at >= ${from}
        AND b.commit_sha IS NOT NULL
      GROUP BY 1
      UNION ALL
      SELECT ${hourOf(sql.ref('f.started_at'), from)}, 0, count(*)
      FROM failed_attempts f
      WHERE f.stream = s.stream AND f.started_at >= ${from}
      GROUP BY 1
    ) done
    GROUP BY stream, hour
    ORDER BY stream, hour`.execute(db);
  return rows;
}

function hourOf(column: ReturnType<typeof sql.ref>, from: Date) {
  return sql<number>`floor(extract(epoch FROM ${column} - ${from}::timestamptz) / 3600)::integer`;
}
