import { sql, type Kysely } from 'kysely';

/**
 * The entries whose saves cannot be sent are few, and every look at a space asks for them: without
 * this, it would read all entries.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE INDEX entries_failed ON entries (space_id, id) WHERE failure IS NOT NULL`.execute(
    db,
  );
}
