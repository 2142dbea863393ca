import { sql, type Kysely } from 'kysely';

/**
 * Notifies listeners of everything that streams of events and waiting requests show: one channel,
 * whose payloads say what has changed (`db/news.ts` lists them). PostgreSQL sends a payload once
 * for each transaction, however many rows it is about.
 *
 * `change_events` and `operation_items` have no triggers, because a transaction that changes them
 * also changes the row of the mirror, batch or operation that counts them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE OR REPLACE FUNCTION notify_saves_settled() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('gitward_news', 'saves/' || NEW.space_id);
      RETURN NULL;
    END $$`.execute(db);

  await sql`
    CREATE FUNCTION notify_mirror() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('gitward_news', 'mirror/' || OLD.project_id || '/' || OLD.branch_id);
      RETURN NULL;
    END $$`.execute(db);
  await sql`
    CREATE TRIGGER mirrors_news AFTER UPDATE OR DELETE ON mirrors
    FOR EACH ROW EXECUTE FUNCTION notify_mirror()`.execute(db);

  await sql`
    CREATE FUNCTION notify_stream() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('gitward_news', NEW.stream);
      RETURN NULL;
    END $$`.execute(db);
  await sql`
    CREATE TRIGGER batches_news AFTER INSERT OR UPDATE OF state ON batches
    FOR EACH ROW WHEN (NEW.stream LIKE 'mirror/%') EXECUTE FUNCTION notify_stream()`.execute(db);
  await sql`
    CREATE TRIGGER outages_news AFTER INSERT OR UPDATE ON outages
    FOR EACH ROW WHEN (NEW.stream LIKE 'mirror/%') EXECUTE FUNCTION notify_stream()`.execute(db);
  await sql`
    CREATE TRIGGER visibilities_news AFTER INSERT OR UPDATE ON visibilities
    FOR EACH ROW WHEN (NEW.stream LIKE 'mirror/%') EXECUTE FUNCTION notify_stream()`.execute(db);

  await sql`
    CREATE FUNCTION notify_notice_sent() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('gitward_news', stream) FROM outages
      WHERE id = NEW.outage_id AND stream LIKE 'mirror/%';
      RETURN NULL;
    END $$`.execute(db);
  await sql`
    CREATE TRIGGER notices_news AFTER UPDATE OF sent_at ON notices
    FOR EACH ROW WHEN (OLD.sent_at IS DISTINCT FROM NEW.sent_at)
    EXECUTE FUNCTION notify_notice_sent()`.execute(db);

  await sql`
    CREATE FUNCTION notify_operation() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('gitward_news', 'operation/' || OLD.id);
      RETURN NULL;
    END $$`.execute(db);
  await sql`
    CREATE TRIGGER operations_news AFTER UPDATE OR DELETE ON operations
    FOR EACH ROW EXECUTE FUNCTION notify_operation()`.execute(db);

  await sql`
    CREATE FUNCTION notify_token_revoked() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('gitward_news', 'token/' || NEW.id);
      RETURN NULL;
    END $$`.execute(db);
  await sql`
    CREATE TRIGGER tokens_news AFTER UPDATE OF revoked_at ON tokens
    FOR EACH ROW WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL)
    EXECUTE FUNCTION notify_token_revoked()`.execute(db);
}
