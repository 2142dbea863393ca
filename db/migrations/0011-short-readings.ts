import { sql, type Kysely } from 'kysely';

/**
 * A space's branch is read without the space's lock, so how far its history is indexed has its own
 * row.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE spaces
      ADD COLUMN generation bigint NOT NULL DEFAULT 0,
      ADD COLUMN partly_read boolean NOT NULL DEFAULT false`.execute(db);
  await sql`
    CREATE TABLE space_histories (
      space_id text PRIMARY KEY REFERENCES spaces (id) ON DELETE CASCADE,
      root text NOT NULL,
      sha text,
      position bigint NOT NULL,
      effective_at timestamptz NOT NULL,
      taken_position bigint NOT NULL
    )`.execute(db);
  await sql`
    INSERT INTO space_histories (space_id, root, sha, position, effective_at, taken_position)
    SELECT s.id, s.root, s.synced_sha, c.position, c.effective_at, c.position
    FROM spaces s
    JOIN LATERAL (
      SELECT position, effective_at FROM space_commits
      WHERE space_id = s.id ORDER BY position DESC LIMIT 1
    ) c ON true
    WHERE s.synced_sha IS NOT NULL`.execute(db);
  // Almost empty: each reading ends by removing entries that exist nowhere.
  await sql`
    CREATE INDEX entries_nowhere ON entries (space_id)
    WHERE git_blob IS NULL AND head_blob IS NULL`.execute(db);
}
