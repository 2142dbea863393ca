import { sql, type Kysely } from 'kysely';

/**
 * What housekeeping removed, how full the disks of processes are, and indexes by the time at which rows were settled. Rows that
 * others refer to can go only if an index tells whether any does.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE housekeeping (
      -- A single row.
      id boolean PRIMARY KEY DEFAULT true CHECK (id),
      started_at timestamptz NOT NULL,
      ended_at timestamptz NOT NULL,
      outcome text NOT NULL CHECK (outcome IN ('done', 'unfinished', 'failed')),
      removed jsonb NOT NULL,
      failures jsonb NOT NULL,
      -- When a run last ended without a failure; before the first one, since when there is housekeeping.
      good_at timestamptz NOT NULL
    )`.execute(db);
  await sql`
    INSERT INTO housekeeping (started_at, ended_at, outcome, removed, failures, good_at)
    VALUES (now(), now(), 'unfinished', '{}', '[]', now())`.execute(db);
  await sql`
    CREATE TABLE process_disks (
      process text PRIMARY KEY,
      host text NOT NULL,
      directory text NOT NULL,
      free double precision NOT NULL,
      size double precision NOT NULL,
      nearly_full boolean NOT NULL,
      seen_at timestamptz NOT NULL DEFAULT now()
    )`.execute(db);
  for (const statement of [
    `CREATE INDEX batches_settled ON batches ((coalesce(delivered_at, window_closed_at))) WHERE state <> 'waiting'`,
    `CREATE INDEX saves_settled_at ON saves (created_at) WHERE state <> 'waiting'`,
    `CREATE INDEX saves_conflict ON saves (conflict_id) WHERE conflict_id IS NOT NULL`,
    `CREATE INDEX conflicts_settled ON conflicts (created_at) WHERE settled IS NOT NULL`,
    `CREATE INDEX reviews_ended ON reviews (ended_at) WHERE ended_at IS NOT NULL`,
    `CREATE INDEX operations_ended ON operations (ended_at) WHERE ended_at IS NOT NULL`,
    `CREATE INDEX sync_logs_at ON sync_logs (at)`,
    `CREATE INDEX outages_ended_at ON outages (ended_at) WHERE ended_at IS NOT NULL`,
    `CREATE INDEX failed_attempts_started ON failed_attempts (started_at)`,
    `CREATE INDEX prompt_scores_created ON prompt_scores (created_at)`,
  ])
    await sql.raw(statement).execute(db);
}
