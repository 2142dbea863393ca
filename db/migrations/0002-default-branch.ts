import { sql, type Kysely } from 'kysely';

/**
 * Stores which branch a project's source calls the default one, so that `default` can be resolved
 * without the source.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE projects ADD COLUMN default_branch_id text`.execute(db);
}
