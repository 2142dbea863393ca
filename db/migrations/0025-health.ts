import { sql, type Kysely } from 'kysely';

/** What the health of streams is told from: failed attempts, values left out of commits, and indexes by time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE batches ADD COLUMN redactions integer NOT NULL DEFAULT 0`.execute(db);
  await sql`
    CREATE TABLE failed_attempts (
      stream text NOT NULL,
      started_at timestamptz NOT NULL,
      lane text NOT NULL CHECK (lane IN ('source', 'repository')),
      PRIMARY KEY (stream, started_at, lane)
    )`.execute(db);
  await sql`
    CREATE INDEX batches_delivered ON batches (stream, delivered_at)
      WHERE state = 'delivered'`.execute(db);
  // With the time that the latency counts from, so that the table itself need not be read.
  await sql`
    CREATE INDEX change_events_delivered ON change_events (project_id, branch_id, delivered_at)
      INCLUDE (received_at) WHERE delivered_at IS NOT NULL`.execute(db);
  // Now also finds the oldest.
  await sql`DROP INDEX change_events_undelivered`.execute(db);
  await sql`
    CREATE INDEX change_events_undelivered ON change_events (project_id, branch_id, received_at)
      WHERE delivered_at IS NULL`.execute(db);
}
