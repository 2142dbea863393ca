import { sql, type Kysely } from 'kysely';

/** Runs of the examples of prompts as checks, against a model of the space's. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE spaces
      ADD COLUMN checks jsonb,
      ADD COLUMN checks_credential_id uuid REFERENCES credentials (id)`.execute(db);
  await sql`
    ALTER TABLE operations
      DROP CONSTRAINT operations_type_check,
      ADD CONSTRAINT operations_type_check CHECK (type IN ('export', 'sync', 'import', 'check'))`.execute(
    db,
  );
  await sql`
    CREATE TABLE prompt_checks (
      id uuid PRIMARY KEY REFERENCES operations (id) ON DELETE CASCADE,
      space_id text NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
      prompt_id text COLLATE "C" NOT NULL,
      version text NOT NULL,
      blob_id text NOT NULL,
      commit_sha text,
      sources jsonb NOT NULL,
      environment text,
      variant text,
      model text NOT NULL,
      origin text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now()
    )`.execute(db);
  await sql`CREATE INDEX prompt_checks_prompt ON prompt_checks (space_id, prompt_id, created_at, id)`.execute(
    db,
  );
  await sql`
    CREATE TABLE prompt_check_results (
      check_id uuid NOT NULL REFERENCES prompt_checks (id) ON DELETE CASCADE,
      ordinal integer NOT NULL,
      name text NOT NULL,
      variant text,
      example jsonb NOT NULL,
      verdict text CHECK (verdict IN ('passed', 'failed', 'error', 'needs_person')),
      reason text,
      answer text,
      at timestamptz,
      judged_by jsonb,
      judged_note text,
      judged_at timestamptz,
      PRIMARY KEY (check_id, ordinal)
    )`.execute(db);
}
