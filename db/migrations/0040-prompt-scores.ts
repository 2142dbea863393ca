import { sql, type Kysely } from 'kysely';

/** How well versions of prompts did, as those who use them say. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE prompt_scores (
      space_id text NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
      prompt_id text COLLATE "C" NOT NULL,
      id text COLLATE "C" NOT NULL,
      name text NOT NULL,
      value double precision,
      label text,
      comment text,
      blob_id text NOT NULL,
      commit_sha text,
      environment text,
      arm text,
      key text,
      by_name text NOT NULL,
      at timestamptz NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (space_id, prompt_id, id),
      CONSTRAINT prompt_scores_result CHECK ((value IS NULL) <> (label IS NULL))
    )`.execute(db);
}
