import { sql, type Kysely } from 'kysely';

/**
 * People who sign in, the sessions of their browsers, and links that start a session. Whatever says
 * who did something can name a person. The database notifies listeners when a session is gone, and
 * when a person may do something else than before.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE people (
      id uuid PRIMARY KEY,
      name text NOT NULL,
      email text,
      role text NOT NULL,
      projects text[],
      spaces jsonb,
      issuer text,
      subject text,
      created_at timestamptz NOT NULL DEFAULT now(),
      last_seen_at timestamptz,
      disabled_at timestamptz,
      UNIQUE (issuer, subject),
      CHECK ((issuer IS NULL) = (subject IS NULL))
    )`.execute(db);

  await sql`
    CREATE TABLE sessions (
      id uuid PRIMARY KEY,
      secret_hash text NOT NULL UNIQUE,
      token_id uuid REFERENCES tokens (id) ON DELETE CASCADE,
      person_id uuid REFERENCES people (id) ON DELETE CASCADE,
      method text NOT NULL CHECK (method IN ('link', 'token', 'open-id-connect')),
      user_agent text,
      address text,
      created_at timestamptz NOT NULL DEFAULT now(),
      last_used_at timestamptz NOT NULL DEFAULT now(),
      expires_at timestamptz NOT NULL,
      CHECK (num_nonnulls(token_id, person_id) = 1)
    )`.execute(db);
  await sql`CREATE INDEX sessions_token ON sessions (token_id)`.execute(db);
  await sql`CREATE INDEX sessions_person ON sessions (person_id)`.execute(db);

  await sql`
    CREATE TABLE sign_in_links (
      code_hash text PRIMARY KEY,
      token_id uuid REFERENCES tokens (id) ON DELETE CASCADE,
      person_id uuid REFERENCES people (id) ON DELETE CASCADE,
      created_at timestamptz NOT NULL DEFAULT now(),
      expires_at timestamptz NOT NULL,
      used_at timestamptz,
      CHECK (num_nonnulls(token_id, person_id) = 1)
    )`.execute(db);
  await sql`CREATE INDEX sign_in_links_expires ON sign_in_links (expires_at)`.execute(db);

  // Without a foreign key, like token_id: what was done stays true when a person is gone.
  for (const table of ['audit_log', 'saves', 'operations'])
    await sql`ALTER TABLE ${sql.table(table)} ADD COLUMN person_id uuid`.execute(db);

  await sql`
    CREATE FUNCTION notify_session_gone() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('gitward_news', 'session/' || OLD.id);
      RETURN NULL;
    END $$`.execute(db);
  await sql`
    CREATE TRIGGER sessions_news AFTER DELETE ON sessions
    FOR EACH ROW EXECUTE FUNCTION notify_session_gone()`.execute(db);
  await sql`
    CREATE FUNCTION notify_person() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('gitward_news', 'person/' || OLD.id);
      RETURN NULL;
    END $$`.execute(db);
  await sql`
    CREATE TRIGGER people_news AFTER UPDATE OF role, projects, spaces, disabled_at ON people
    FOR EACH ROW WHEN ((OLD.role, OLD.projects, OLD.spaces, OLD.disabled_at)
      IS DISTINCT FROM (NEW.role, NEW.projects, NEW.spaces, NEW.disabled_at))
    EXECUTE FUNCTION notify_person()`.execute(db);
}
