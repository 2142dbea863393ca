import { sql, type Kysely } from 'kysely';

/** Signing in at an OpenID Connect provider: its settings, what it gave for a session, and who is on their way there. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE open_id_connect (
      id text PRIMARY KEY DEFAULT 'only' CHECK (id = 'only'),
      name text NOT NULL,
      issuer text NOT NULL,
      client_id text NOT NULL,
      client_secret bytea NOT NULL,
      scopes text[] NOT NULL,
      groups_claim text NOT NULL,
      rules jsonb NOT NULL,
      everyone jsonb,
      updated_at timestamptz NOT NULL DEFAULT now()
    )`.execute(db);
  await sql`
    CREATE TABLE sign_in_attempts (
      state_hash text PRIMARY KEY,
      browser_hash text NOT NULL,
      return_to text NOT NULL,
      expires_at timestamptz NOT NULL
    )`.execute(db);
  await sql`CREATE INDEX sign_in_attempts_expires ON sign_in_attempts (expires_at)`.execute(db);
  await sql`
    ALTER TABLE sessions
      ADD COLUMN sid text,
      ADD COLUMN provider_tokens bytea,
      ADD COLUMN checked_at timestamptz,
      ADD COLUMN check_started_at timestamptz,
      ADD COLUMN check_failed_at timestamptz,
      ADD CHECK ((method = 'open-id-connect') = (checked_at IS NOT NULL))`.execute(db);
  await sql`CREATE INDEX sessions_sid ON sessions (sid) WHERE sid IS NOT NULL`.execute(db);
}
