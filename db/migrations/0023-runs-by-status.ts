import { sql, type Kysely } from 'kysely';

/** Lists of runs by status, and by time with a place to continue from. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE INDEX job_runs_status ON job_runs (stream, status, finished_at DESC, run_id DESC)`.execute(
    db,
  );
  await sql`DROP INDEX job_runs_finished`.execute(db);
  await sql`CREATE INDEX job_runs_finished ON job_runs (stream, finished_at DESC, run_id DESC)`.execute(
    db,
  );
}
