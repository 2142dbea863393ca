import { sql, type Kysely } from 'kysely';

/** Remembers the last tip on which our last commit was found, where it is not the tip itself. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE mirrors ADD COLUMN checked_tip text`.execute(db);
}
