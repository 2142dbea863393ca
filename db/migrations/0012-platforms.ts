import { sql, type Kysely } from 'kysely';

/**
 * The list of platforms is in the code, not in a constraint. A project stores which folders its
 * mirrors own, so that the database can tell apart two streams in one repository.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE projects
      DROP CONSTRAINT projects_source_kind_check,
      ADD COLUMN owned_folders text[] NOT NULL DEFAULT '{}'`.execute(db);
  await sql`
    UPDATE projects SET owned_folders = CASE source_kind
      WHEN 'sample' THEN '{objects,storage,jobs,guide}'::text[]
      ELSE '{configs,unlinked,storage,jobs,ai}'::text[]
    END`.execute(db);
}
