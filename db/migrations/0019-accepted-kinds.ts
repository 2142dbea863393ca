import { sql, type Kysely } from 'kysely';

/**
 * Schema files that would take a folder away from a kind with personal data wait for an admin:
 * which files wait, and which an admin accepted (both as a digest), until they are read.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE spaces ADD COLUMN held_kinds text, ADD COLUMN accepted_kinds text`.execute(
    db,
  );
}
