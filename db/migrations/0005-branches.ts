import { sql, type Kysely } from 'kysely';

/** How mirrors of development branches are created and ended automatically. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE mirrors
      ADD COLUMN development_branches jsonb NOT NULL DEFAULT '{"link": [], "gitBranch": "{branch}"}',
      ADD COLUMN ending jsonb,
      ADD COLUMN ended_because text CHECK (ended_because IN ('disabled', 'merged', 'deleted'))`.execute(
    db,
  );
  await sql`UPDATE mirrors SET ended_because = 'disabled' WHERE ended_at IS NOT NULL`.execute(db);
  await sql`
    ALTER TABLE mirrors
      ADD CONSTRAINT mirrors_ended_because CHECK ((ended_at IS NULL) = (ended_because IS NULL))`.execute(
    db,
  );
}
