import { sql, type Kysely } from 'kysely';

/** The commits that attempts were about to push: what is ours on a branch is known, not read out of a text. */
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
