import { sql, type Kysely } from 'kysely';

/**
 * Tokens with which somebody approves at a Git host as themselves, how the host was told what they said, and who took back a
 * word for somebody else.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE host_tokens (
      id uuid PRIMARY KEY,
      token_id uuid REFERENCES tokens (id) ON DELETE CASCADE,
      person_id uuid REFERENCES people (id) ON DELETE CASCADE,
      origin text COLLATE "C" NOT NULL,
      secret bytea NOT NULL,
      stored_at timestamptz NOT NULL DEFAULT now(),
      refused_at timestamptz,
      CHECK (num_nonnulls(token_id, person_id) = 1),
      UNIQUE NULLS NOT DISTINCT (token_id, person_id, origin)
    )`.execute(db);
  await sql`
    ALTER TABLE review_approvals
      ADD COLUMN told_as text CHECK (told_as IN ('approval', 'comment')),
      ADD COLUMN told_why text NOT NULL DEFAULT '',
      ADD COLUMN dismissed_by jsonb`.execute(db);
}
