import { sql, type Kysely } from 'kysely';

/**
 * The commits that were about to be pushed: this is how we know which commits on a branch are ours,
 * and not from their texts.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE pushed_commits (
      stream text NOT NULL,
      sha text NOT NULL,
      batches uuid[] NOT NULL,
      recorded_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (stream, sha)
    )`.execute(db);
}
