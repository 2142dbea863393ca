import { sql, type Kysely } from 'kysely';

/**
 * Notifies listeners (see migration 14) of everything that the list of all mirrors and spaces
 * shows: what happens to spaces (`space/<id>`), new mirrors, and projects whose name or default
 * branch changed. Also adds indexes for searches in the audit log.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  // NEW is null when a row is deleted, OLD when it is inserted.
  await sql`
    CREATE OR REPLACE FUNCTION notify_mirror() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('gitward_news',
        'mirror/' || coalesce(NEW.project_id, OLD.project_id) || '/' || coalesce(NEW.branch_id, OLD.branch_id));
      RETURN NULL;
    END $$`.execute(db);
  await sql`
    CREATE TRIGGER mirrors_new AFTER INSERT ON mirrors
    FOR EACH ROW EXECUTE FUNCTION notify_mirror()`.execute(db);
  await sql`
    CREATE FUNCTION notify_mirrors_of_project() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('gitward_news', 'mirror/' || project_id || '/' || branch_id)
      FROM mirrors WHERE project_id = NEW.id AND ended_at IS NULL;
      RETURN NULL;
    END $$`.execute(db);
  await sql`
    CREATE TRIGGER projects_news AFTER UPDATE OF name, default_branch_id ON projects
    FOR EACH ROW WHEN (
      OLD.name IS DISTINCT FROM NEW.name OR OLD.default_branch_id IS DISTINCT FROM NEW.default_branch_id)
    EXECUTE FUNCTION notify_mirrors_of_project()`.execute(db);

  await sql`
    CREATE FUNCTION notify_space() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('gitward_news', 'space/' || coalesce(NEW.id, OLD.id));
      RETURN NULL;
    END $$`.execute(db);
  await sql`
    CREATE TRIGGER spaces_news AFTER INSERT OR UPDATE OR DELETE ON spaces
    FOR EACH ROW EXECUTE FUNCTION notify_space()`.execute(db);
  await sql`
    CREATE FUNCTION notify_space_of_row() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('gitward_news', 'space/' || NEW.space_id);
      RETURN NULL;
    END $$`.execute(db);
  await sql`
    CREATE TRIGGER conflicts_news AFTER INSERT OR UPDATE OF settled ON conflicts
    FOR EACH ROW EXECUTE FUNCTION notify_space_of_row()`.execute(db);
  // Whether an entry's saves are held changes the state of its space.
  await sql`
    CREATE TRIGGER entries_held AFTER UPDATE OF failure ON entries
    FOR EACH ROW WHEN (OLD.failure IS DISTINCT FROM NEW.failure)
    EXECUTE FUNCTION notify_space_of_row()`.execute(db);

  // These were for mirrors only.
  for (const [table, on] of [
    ['batches', 'INSERT OR UPDATE OF state'],
    ['outages', 'INSERT OR UPDATE'],
    ['visibilities', 'INSERT OR UPDATE'],
  ] as const) {
    await sql`DROP TRIGGER ${sql.ref(`${table}_news`)} ON ${sql.table(table)}`.execute(db);
    await sql`
      CREATE TRIGGER ${sql.ref(`${table}_news`)} AFTER ${sql.raw(on)} ON ${sql.table(table)}
      FOR EACH ROW EXECUTE FUNCTION notify_stream()`.execute(db);
  }
  await sql`
    CREATE OR REPLACE FUNCTION notify_notice_sent() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('gitward_news', stream) FROM outages WHERE id = NEW.outage_id;
      RETURN NULL;
    END $$`.execute(db);

  // Each ends with the order of the list, newest first.
  await sql`CREATE INDEX audit_log_at ON audit_log (at, id)`.execute(db);
  await sql`CREATE INDEX audit_log_actor ON audit_log (actor, at, id)`.execute(db);
  // These also serve as indexes of prefixes, in whatever order the database's language sorts.
  await sql`CREATE INDEX audit_log_action ON audit_log (action text_pattern_ops, at, id)`.execute(
    db,
  );
  await sql`CREATE INDEX audit_log_target ON audit_log (target text_pattern_ops, at, id)`.execute(
    db,
  );
}
