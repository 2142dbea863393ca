import { sql, type Kysely } from 'kysely';

/**
 * What the metrics of the whole installation are read from: the kind of change that a commit is of, labels of projects, and
 * indexes by time. Latency counts from the change itself.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE projects
      ADD COLUMN plan_tier text,
      ADD COLUMN region text`.execute(db);
  await sql`ALTER TABLE batches ADD COLUMN event_type text NOT NULL DEFAULT 'none'`.execute(db);
  // With what commits are counted by, so that the table itself need not be read.
  await sql`
    CREATE INDEX batches_delivered_at ON batches (delivered_at)
      INCLUDE (stream, event_type, commit_sha) WHERE state = 'delivered'`.execute(db);
  await sql`
    CREATE INDEX batches_redacted ON batches (delivered_at)
      WHERE state = 'delivered' AND redactions > 0`.execute(db);
  await sql`
    CREATE INDEX failed_attempts_repository ON failed_attempts (started_at)
      WHERE lane = 'repository'`.execute(db);
  await sql`CREATE INDEX outages_ended ON outages (ended_at) WHERE lane = 'repository'`.execute(db);
  await sql`CREATE INDEX notices_unsent ON notices (created_at) WHERE sent_at IS NULL`.execute(db);
  await sql`DROP INDEX change_events_delivered`.execute(db);
  await sql`
    CREATE INDEX change_events_delivered ON change_events (project_id, branch_id, delivered_at)
      INCLUDE (received_at, occurred_at) WHERE delivered_at IS NOT NULL`.execute(db);
}
