import { sql } from 'kysely';
import type { Db } from '../../../db/connect.ts';

/** How much {@link insertManyMirrors} inserts. */
export interface ManyMirrors {
  mirrors: number;
  /** Delivered batches of each mirror, spread over the last `days`. */
  batches: number;
  days: number;
  /** Changes of each batch. */
  changes: number;
  /** The size of a delivered change's body, in bytes; defaults to 1. */
  body?: number;
}

/**
 * Inserts mirrors of as many projects (`p1` …, branch `b1` …), on 40 hosts, of 60 plans in 30 regions, with what they
 * delivered. Every second has a change that has waited for ten minutes, and every tenth batch left a value out.
 */
export async function insertManyMirrors(
  db: Db,
  { mirrors, batches, days, changes, body = 1 }: ManyMirrors,
): Promise<void> {
  await sql`
    INSERT INTO projects (id, name, source_kind, plan_tier, region, default_branch_id)
    SELECT 'p' || n, 'P', 'sample', 'plan ' || n % 60, 'region ' || n % 30,
      CASE WHEN n % 2 = 0 THEN 'b' || n ELSE 'main' END
    FROM generate_series(1, ${mirrors}::integer) n`.execute(db);
  await sql`
    INSERT INTO mirrors (project_id, branch_id, repository_url, repository_branch, subdirectory, policy, last_sequence)
    SELECT 'p' || n, 'b' || n, 'https://git' || n % 40 || '.example/r' || n, 'main', '', '{}', 1000
    FROM generate_series(1, ${mirrors}::integer) n`.execute(db);
  // Mirrors with higher numbers deliver more of what is delivered, so that there is an order.
  await sql`
    INSERT INTO batches (id, stream, ordinal, window_key, reason, through, message, authored_at, window_closed_at,
      state, commit_sha, delivered_at, redactions, event_type)
    SELECT gen_random_uuid(), 'mirror/p' || n || '/b' || n, k, k::text, 'changes', k, '{}', at, at, 'delivered',
      md5(n || '/' || k) || '00000000', at, CASE WHEN (n + k) % 10 = 0 THEN 3 ELSE 0 END,
      (ARRAY['config_changed', 'job_finished', 'storage_changed', 'branch_changed', 'mixed', 'none'])[1 + k % 6]
    FROM generate_series(1, ${mirrors}::integer) n, generate_series(1, ${batches}::integer) k,
      LATERAL (
        SELECT now() - (n * 7919 + k * 104729) % 10007 / 10007.0 * make_interval(days => ${days}) AS at) moment
    WHERE k <= ${batches} * (0.5 + n::double precision / ${mirrors})`.execute(db);
  await sql`
    INSERT INTO change_events (project_id, branch_id, sequence, type, component_id, version_identifier, occurred_at,
      received_at, body, batch_id, commit_sha, delivered_at)
    SELECT split_part(stream, '/', 2), split_part(stream, '/', 3), ordinal * ${changes} + c, 'config_changed',
      'component-' || abs(hashtext(stream) + c) % 300, ordinal || '/' || c, delivered_at - interval '40 s',
      delivered_at - interval '39 s', decode(repeat('ab', ${body}::integer), 'hex'), id, commit_sha, delivered_at
    FROM batches, generate_series(1, ${changes}::integer) c`.execute(db);
  await sql`
    INSERT INTO change_events (project_id, branch_id, sequence, type, component_id, version_identifier, occurred_at,
      received_at, body)
    SELECT 'p' || n, 'b' || n, 1000000, 'config_changed', 'component-1', 'waits',
      now() - interval '11 minutes', now() - interval '10 minutes', 'x'
    FROM generate_series(2, ${mirrors}::integer, 2) n`.execute(db);
  for (const table of ['projects', 'mirrors', 'batches', 'change_events'])
    await sql`VACUUM (ANALYZE) ${sql.table(table)}`.execute(db);
}
