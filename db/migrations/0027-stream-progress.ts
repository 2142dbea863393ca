import { sql, type Kysely } from 'kysely';

/** How far long work on streams is, while it lasts. Whoever follows a stream hears of each change. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE stream_progress (
      stream text NOT NULL,
      work text NOT NULL CHECK (work IN ('window', 'delivery', 'verification')),
      step text NOT NULL,
      done integer,
      total integer,
      started_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (stream, work)
    )`.execute(db);
  // NEW is null when a row is deleted.
  await sql`
    CREATE OR REPLACE FUNCTION notify_stream() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('gitward_news', coalesce(NEW.stream, OLD.stream));
      RETURN NULL;
    END $$`.execute(db);
  await sql`
    CREATE TRIGGER stream_progress_begun_or_over AFTER INSERT OR DELETE ON stream_progress
    FOR EACH ROW EXECUTE FUNCTION notify_stream()`.execute(db);
  // That the same step still goes on is no news.
  await sql`
    CREATE TRIGGER stream_progress_news AFTER UPDATE ON stream_progress
    FOR EACH ROW WHEN (
      (OLD.step, OLD.done, OLD.total, OLD.started_at)
        IS DISTINCT FROM (NEW.step, NEW.done, NEW.total, NEW.started_at))
    EXECUTE FUNCTION notify_stream()`.execute(db);
}
