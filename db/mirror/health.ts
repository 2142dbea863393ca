import { sql } from 'kysely';
import { backlogs, type Span, type Wait } from '../../model/mirror/health.ts';
import { mirrorStream, type MirrorKey } from '../../model/mirror/ids.ts';
import type { Db } from '../connect.ts';

/** How a mirror did in a span of time. */
export interface SpanHealth {
  /** Changes that were delivered. */
  changes: number;
  /** How long half of them, and 95 of 100, took at most from when they happened to being delivered, in milliseconds. */
  p50: number | null;
  p95: number | null;
  commits: number;
  /** Values in plain text that these commits left out. */
  redactions: number;
  /** Attempts to read the source or to deliver that failed. */
  failedAttempts: number;
}

/**
 * Reads how a mirror did in each of these spans, in their order. Percentiles are latencies that occurred (nearest rank).
 * Its cost follows what was delivered in the spans.
 */
export async function readHealth(
  db: Db,
  key: MirrorKey,
  spans: readonly Span[],
): Promise<SpanHealth[]> {
  const stream = mirrorStream(key);
  const { rows } = await sql<SpanHealth>`
    SELECT changes.count AS changes, changes.latency[1] AS p50, changes.latency[2] AS p95,
      commits.count AS commits, commits.redactions, failed.count AS failed_attempts
    FROM ${spansOf(spans)}
    CROSS JOIN LATERAL (
      -- Two clocks may tell times in the wrong order. The numeric of extract() would take twice as long.
      SELECT count(*), percentile_disc(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY
        greatest(0, least(2147483647, date_part('epoch', delivered_at - occurred_at) * 1000))::integer) AS latency
      FROM change_events
      WHERE project_id = ${key.projectId} AND branch_id = ${key.branchId}
        AND delivered_at >= span."from" AND delivered_at < span."to") changes
    CROSS JOIN LATERAL (
      SELECT count(DISTINCT commit_sha), coalesce(sum(redactions), 0)::integer AS redactions
      FROM batches
      WHERE stream = ${stream} AND state = 'delivered'
        AND delivered_at >= span."from" AND delivered_at < span."to") commits
    CROSS JOIN LATERAL (
      SELECT count(*)
      FROM failed_attempts
      WHERE stream = ${stream} AND started_at >= span."from" AND started_at < span."to") failed
    ORDER BY span.at`.execute(db);
  return rows;
}

/** Counts the changes that waited at the end of each of these spans, which follow each other. */
export async function readBacklogs(
  db: Db,
  { projectId, branchId }: MirrorKey,
  spans: readonly Span[],
): Promise<number[]> {
  const ends = spans.map(({ to }) => to);
  // Of what was delivered, only that counts which had been received in a span before.
  const { rows } = await sql<Wait>`
    SELECT width_bucket(received_at, ${ends}::timestamptz[]) AS "from", until, count(*) AS changes
    FROM (
      SELECT e.received_at, span.at - 1 AS until
      FROM ${spansOf(spans)}
      JOIN change_events e ON e.project_id = ${projectId} AND e.branch_id = ${branchId}
        AND e.delivered_at >= span."from" AND e.delivered_at < span."to"
        AND e.received_at < span."from"
      UNION ALL
      SELECT received_at, ${spans.length}
      FROM change_events
      WHERE project_id = ${projectId} AND branch_id = ${branchId} AND delivered_at IS NULL
    ) waited
    GROUP BY 1, 2`.execute(db);
  return backlogs(spans.length, rows);
}

/** The spans as a table `span (from, to, at)`; `at` counts from 1. */
function spansOf(spans: readonly Span[]) {
  const from = spans.map((span) => span.from);
  const to = spans.map((span) => span.to);
  return sql`unnest(${from}::timestamptz[], ${to}::timestamptz[])
    WITH ORDINALITY AS span ("from", "to", at)`;
}
