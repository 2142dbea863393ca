import { sql } from 'kysely';
import type { Projects } from '../../model/telemetry/figures.ts';
import { fewValues, noValue, otherValues } from '../../model/telemetry/label-limits.ts';
import type { Db } from '../connect.ts';

/** Reads which projects are mirrored; those that are not among `top` are taken together. */
export async function readProjects(db: Db, top: readonly string[]): Promise<Projects> {
  const { rows } = await sql<Projects>`
    WITH known AS MATERIALIZED (
      SELECT p.id, coalesce(p.plan_tier, ${noValue}) AS plan, coalesce(p.region, ${noValue}) AS region,
        EXISTS (SELECT FROM mirrors m
          WHERE m.project_id = p.id AND m.ended_at IS NULL AND m.paused_at IS NULL) AS mirrored
      FROM projects p
    ), plans AS (
      SELECT plan FROM known GROUP BY plan ORDER BY count(*) DESC, plan LIMIT ${fewValues}
    ), regions AS (
      SELECT region FROM known GROUP BY region ORDER BY count(*) DESC, region LIMIT ${fewValues}
    ), named AS MATERIALIZED (
      SELECT k.id, coalesce(p.plan, ${otherValues}) AS plan, coalesce(r.region, ${otherValues}) AS region,
        k.mirrored
      FROM known k LEFT JOIN plans p ON p.plan = k.plan LEFT JOIN regions r ON r.region = k.region
    ), of_projects AS (
      SELECT coalesce(t.id, ${otherValues}) AS "projectId", plan AS "planTier",
        avg(mirrored::integer)::double precision AS ratio
      FROM named n LEFT JOIN unnest(${top}::text[]) AS t (id) ON t.id = n.id
      GROUP BY 1, 2
    ), of_plans AS (
      SELECT plan AS "planTier", mirrored, count(*) AS projects FROM named GROUP BY 1, 2
    ), of_regions AS (
      SELECT n.region, count(m.branch_id) AS branches
      FROM named n
      JOIN projects p ON p.id = n.id
      LEFT JOIN mirrors m ON m.project_id = p.id AND m.ended_at IS NULL
        -- Nothing is known of a project whose source has not been asked for its default branch.
        AND m.branch_id <> p.default_branch_id
      GROUP BY 1
    ), public AS (
      SELECT NOT EXISTS (SELECT FROM rendered_files f
        WHERE f.stream = v.stream AND f.path >= ${samples} AND f.path < ${afterSamples}) AS has_none
      FROM visibilities v
      JOIN mirrors m ON v.stream = 'mirror/' || m.project_id || '/' || m.branch_id
        AND v.repository_url = m.repository_url
      WHERE v.result = 'public' AND m.ended_at IS NULL
    )
    SELECT (SELECT coalesce(json_agg(of_projects), '[]') FROM of_projects) AS mirrored,
      (SELECT coalesce(json_agg(of_plans), '[]') FROM of_plans) AS plans,
      (SELECT coalesce(json_agg(of_regions), '[]') FROM of_regions) AS linked_branches,
      (SELECT coalesce(avg(has_none::integer), 1)::double precision FROM public)
        AS public_without_samples`.execute(db);
  const [projects] = rows;
  if (projects === undefined) throw new Error('A query without a table returned no row.');
  return projects;
}

/** The folder of samples below a mirror's place, as a range of paths, which an index finds. */
const samples = 'storage/samples/';
const afterSamples = 'storage/samples0';
