import { sql, type Kysely } from 'kysely';

/** What hosts refuse to a credential, for whatever repository, so that one stream asks again for all of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE host_refusals (
      origin text NOT NULL,
      credential_id uuid REFERENCES credentials ON DELETE CASCADE,
      repository text,
      secret_since timestamptz,
      step text NOT NULL,
      words text NOT NULL,
      times integer NOT NULL,
      alone boolean NOT NULL DEFAULT false,
      refused_at timestamptz NOT NULL,
      ask_at timestamptz NOT NULL,
      claimed_until timestamptz,
      UNIQUE NULLS NOT DISTINCT (origin, credential_id, repository)
    )`.execute(db);
}
