import { sql, type Kysely } from 'kysely';

/** Job runs, the summaries of their days, and the tables that they read and wrote. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE job_runs (
      stream text NOT NULL,
      run_id text COLLATE "C" NOT NULL,
      finished_at timestamptz NOT NULL,
      component_id text NOT NULL,
      config_id text NOT NULL,
      status text NOT NULL,
      seconds double precision,
      path text COLLATE "C" NOT NULL,
      body bytea NOT NULL,
      PRIMARY KEY (stream, run_id)
    )`.execute(db);
  await sql`CREATE INDEX job_runs_finished ON job_runs (stream, finished_at)`.execute(db);
  await sql`
    CREATE INDEX job_runs_latest ON job_runs (stream, component_id, config_id, finished_at DESC, run_id DESC)`.execute(
    db,
  );
  await sql`
    CREATE TABLE job_days (
      stream text NOT NULL,
      day text COLLATE "C" NOT NULL,
      body bytea NOT NULL,
      PRIMARY KEY (stream, day)
    )`.execute(db);
  await sql`
    CREATE TABLE job_listings (
      stream text PRIMARY KEY,
      listed_at timestamptz NOT NULL
    )`.execute(db);
  await sql`
    CREATE TABLE job_tables (
      stream text NOT NULL,
      component_id text NOT NULL,
      config_id text NOT NULL,
      direction text NOT NULL CHECK (direction IN ('read', 'write')),
      table_id text NOT NULL,
      last_finished_at timestamptz NOT NULL,
      PRIMARY KEY (stream, component_id, config_id, direction, table_id)
    )`.execute(db);
}
