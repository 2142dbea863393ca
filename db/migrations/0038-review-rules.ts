import { sql, type Kysely } from 'kysely';

/**
 * Rules of review from the repository: those in force, those that wait for an admin because they would weaken them, and
 * which file was accepted (as a digest), until it is read.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE spaces
      ADD COLUMN review_rules jsonb NOT NULL DEFAULT '[]',
      ADD COLUMN held_rules jsonb,
      ADD COLUMN accepted_rules text`.execute(db);
}
