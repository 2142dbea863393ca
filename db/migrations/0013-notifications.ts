import { sql, type Kysely } from 'kysely';

/**
 * Notifies listeners, with the space's id, when saves of a space are no longer waiting: each has
 * reached Git, become a conflict, or turned out to be unneeded. This is a trigger, so that no
 * statement that marks saves can forget it. Also adds an index for queries of the operations that
 * have not ended.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE FUNCTION notify_saves_settled() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      -- PostgreSQL sends one for all of a transaction's that are the same.
      PERFORM pg_notify('gitward_saves', NEW.space_id);
      RETURN NULL;
    END $$`.execute(db);
  await sql`
    CREATE TRIGGER saves_settled AFTER UPDATE OF state ON saves
    FOR EACH ROW WHEN (OLD.state = 'waiting' AND NEW.state <> 'waiting')
    EXECUTE FUNCTION notify_saves_settled()`.execute(db);
  await sql`
    CREATE INDEX operations_open ON operations (space_id)
    WHERE state IN ('waiting', 'running')`.execute(db);
}
