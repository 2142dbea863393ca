import { sql } from 'kysely';
import type { Activity } from '../../model/telemetry/figures.ts';
import {
  fewValues,
  noValue,
  otherValues,
  type LabelLimits,
} from '../../model/telemetry/label-limits.ts';
import type { Db } from '../connect.ts';

/** Reads what mirrors committed in the last seven days, and which projects and branches did most of it. */
export async function readActivity(db: Db, { projects, branches }: LabelLimits): Promise<Activity> {
  const { rows } = await sql<Activity>`
    WITH week AS MATERIALIZED (
      SELECT stream, event_type, count(*) AS commits
      -- Hashed, while count(DISTINCT) would sort, in the order of a language.
      FROM (
        SELECT DISTINCT stream, event_type, commit_sha FROM batches
        WHERE state = 'delivered' AND delivered_at > now() - interval '7 days'
          AND commit_sha IS NOT NULL AND stream LIKE 'mirror/%'
      ) delivered
      GROUP BY stream, event_type
    ), active AS MATERIALIZED (
      SELECT m.project_id, m.branch_id, ${hostOf(sql.ref('m.repository_url'))} AS host,
        w.event_type, coalesce(w.commits, 0) AS commits
      FROM mirrors m
      LEFT JOIN week w ON w.stream = 'mirror/' || m.project_id || '/' || m.branch_id
      WHERE m.ended_at IS NULL OR w.commits > 0
    ), top_projects AS (
      SELECT p.id FROM projects p LEFT JOIN active a ON a.project_id = p.id
      GROUP BY p.id ORDER BY sum(coalesce(commits, 0)) DESC, p.id LIMIT ${projects}
    ), top_branches AS (
      SELECT branch_id FROM active
      GROUP BY branch_id ORDER BY sum(commits) DESC, branch_id LIMIT ${branches}
    ), top_hosts AS (
      SELECT host FROM active GROUP BY host ORDER BY sum(commits) DESC, host LIMIT ${fewValues}
    ), committed AS (
      SELECT event_type AS "eventType", coalesce(b.branch_id, ${otherValues}) AS "branchId",
        coalesce(h.host, ${otherValues}) AS "repositoryHost", sum(commits) AS commits
      FROM active a
      LEFT JOIN top_branches b ON b.branch_id = a.branch_id
      LEFT JOIN top_hosts h ON h.host = a.host
      WHERE commits > 0
      GROUP BY 1, 2, 3
    )
    SELECT ARRAY (SELECT id FROM top_projects) AS top_projects,
      ARRAY (SELECT branch_id FROM top_branches) AS top_branches,
      ARRAY (SELECT host FROM top_hosts) AS top_hosts,
      (SELECT count(DISTINCT project_id) FROM active WHERE commits > 0) AS active_projects,
      (SELECT coalesce(json_agg(committed), '[]') FROM committed) AS commits`.execute(db);
  const [activity] = rows;
  if (activity === undefined) throw new Error('A query without a table returned no row.');
  return activity;
}

/** The host and port of a repository's address, as of its URL object. */
function hostOf(url: ReturnType<typeof sql.ref>) {
  const authority = sql`split_part(split_part(${url}, '://', 2), '/', 1)`;
  return sql`coalesce(nullif(split_part(${authority}, '@', -1), ''), ${noValue})`;
}
