import { sql, type Kysely } from 'kysely';

/**
 * The feeds that platforms are asked for news: of each mirror its branch's events, of each project its jobs. Projects of one stack
 * (the host of their platform) are asked together. The table is small and written often, so that nothing but its key is
 * indexed, and its pages have room for new versions of rows.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE projects ADD COLUMN stack text
      GENERATED ALWAYS AS (lower(substring(source_url from '^[a-zA-Z]+://([^/?#]+)'))) STORED`.execute(
    db,
  );
  await sql`CREATE INDEX projects_stack ON projects (stack)`.execute(db);
  await sql`
    CREATE TABLE feeds (
      project_id text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
      kind text NOT NULL CHECK (kind IN ('events', 'jobs')),
      branch_id text NOT NULL,
      state text NOT NULL DEFAULT 'new'
        CHECK (state IN ('new', 'works', 'limited', 'refused', 'missing', 'failing')),
      cursor text,
      message text,
      failures integer NOT NULL DEFAULT 0,
      next_ask_at timestamptz NOT NULL DEFAULT now(),
      leased_until timestamptz,
      answered_at timestamptz,
      news_at timestamptz NOT NULL DEFAULT now(),
      checked_at timestamptz,
      gap boolean NOT NULL DEFAULT false,
      compared_at timestamptz,
      PRIMARY KEY (project_id, kind, branch_id)
    ) WITH (fillfactor = 50)`.execute(db);
  await sql`
    CREATE TABLE watched_stacks (
      stack text PRIMARY KEY,
      asked_at timestamptz NOT NULL
    ) WITH (fillfactor = 50)`.execute(db);
}
