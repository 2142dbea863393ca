import { sql } from 'kysely';
import type { Deliveries } from '../../model/telemetry/figures.ts';
import { noValue, otherValues } from '../../model/telemetry/label-limits.ts';
import type { Db } from '../connect.ts';

/** How many pairs of a component and a branch are told apart. */
const mostPairs = 50;

/** Reads how the deliveries of mirrors and spaces went; branches that are not among `top` are taken together. */
export async function readDeliveries(db: Db, top: readonly string[]): Promise<Deliveries> {
  const { rows } = await sql<Deliveries>`
    WITH success AS (
      SELECT name AS "window",
        CASE WHEN delivered + failed = 0 THEN 1
          ELSE delivered::double precision / (delivered + failed) END AS rate
      FROM (VALUES ('1h', interval '1 hour'), ('1d', interval '1 day')) AS w (name, span)
      CROSS JOIN LATERAL (
        SELECT count(*) AS delivered FROM batches
        WHERE state = 'delivered' AND delivered_at > now() - span) b
      CROSS JOIN LATERAL (
        SELECT count(*) AS failed FROM failed_attempts
        WHERE lane = 'repository' AND started_at > now() - span) f
    ), recent AS (
      SELECT coalesce(ended_at, now()) - since <= interval '3 hours' AS in_time
      FROM outages
      WHERE lane = 'repository' AND (ended_at IS NULL OR ended_at > now() - interval '7 days')
        -- What is not over may still end in time. What lasted no time was only recorded to be told of.
        AND CASE WHEN ended_at IS NULL THEN since < now() - interval '3 hours' ELSE ended_at > since END
    ), left_out AS (
      -- A commit with changes of several components counts for each of them, in equal parts.
      SELECT coalesce(nullif(component_id, ''), ${noValue}) AS component,
        split_part(b.stream, '/', 3) AS branch, sum(b.redactions / components)::double precision / 24 AS rate
      FROM (
        SELECT b.stream, b.redactions::numeric, e.component_id, count(*) OVER (PARTITION BY b.id) AS components
        FROM batches b
        LEFT JOIN LATERAL (
          SELECT DISTINCT component_id FROM change_events WHERE batch_id = b.id) e ON true
        WHERE b.state = 'delivered' AND b.redactions > 0 AND b.delivered_at > now() - interval '1 day'
          AND b.stream LIKE 'mirror/%'
      ) b
      GROUP BY 1, 2
    ), redactions AS (
      SELECT CASE WHEN at <= ${mostPairs} THEN component ELSE ${otherValues} END AS "componentId",
        CASE WHEN at <= ${mostPairs} AND branch = ANY (${top}::text[]) THEN branch ELSE ${otherValues} END
          AS "branchId",
        sum(rate) AS "perHour"
      FROM (SELECT *, row_number() OVER (ORDER BY rate DESC, component, branch) AS at FROM left_out) l
      GROUP BY 1, 2
    )
    SELECT (SELECT json_agg(success) FROM success) AS success,
      (SELECT coalesce(avg(in_time::integer), 1)::double precision FROM recent) AS outages_ended_in_time,
      (SELECT count(*) FROM outages WHERE ended_at IS NULL AND escalated_at IS NOT NULL) AS escalations_open,
      (SELECT coalesce(json_agg(redactions), '[]') FROM redactions) AS redactions`.execute(db);
  const [deliveries] = rows;
  if (deliveries === undefined) throw new Error('A query without a table returned no row.');
  return deliveries;
}
