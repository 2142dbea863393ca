import { sql, type Kysely } from 'kysely';

/** The last verification of each stream. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE verifications (
      stream text PRIMARY KEY,
      outcome text NOT NULL CHECK (outcome IN ('identical', 'different', 'unsettled')),
      checked_at timestamptz NOT NULL,
      commit_sha text,
      files integer NOT NULL,
      difference_count integer NOT NULL,
      differences jsonb NOT NULL
    )`.execute(db);
}
