import { sql, type Kysely } from 'kysely';

/**
 * Saves that were delivered and that a rewritten branch no longer has: they are offered again, each entry as a conflict
 * of its own kind. Conflicts close themselves once their sides fit, so each remembers the head with which they were last
 * compared.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE saves
      DROP CONSTRAINT saves_state_check,
      ADD CONSTRAINT saves_state_check CHECK (state IN ('waiting', 'delivered', 'unneeded', 'conflict', 'lost'))`.execute(
    db,
  );
  await sql`CREATE INDEX saves_lost ON saves (space_id, commit_sha) WHERE state = 'lost'`.execute(
    db,
  );
  await sql`
    ALTER TABLE conflicts
      ADD COLUMN cause text NOT NULL DEFAULT 'clash' CHECK (cause IN ('clash', 'lost')),
      ADD COLUMN compared_blob text`.execute(db);
}
