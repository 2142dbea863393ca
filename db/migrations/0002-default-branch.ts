import { sql, type Kysely } from 'kysely';

/** Which branch a project's source called the default one, so that `default` needs no source. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE projects ADD COLUMN default_branch_id text`.execute(db);
}
