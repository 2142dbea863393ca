import { sql, type Kysely } from 'kysely';

/**
 * What differs only in its spelling is found: paths of entries that some file systems take for one, and words with and
 * without accents. All files are read again, because dates in them are checked now.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Equal to `pathKey` in model/text/path-key.ts. ICU's case rules do not depend on the database's locale.
  await sql`
    CREATE FUNCTION path_key(path text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN normalize(lower(upper(normalize(path, NFC) COLLATE "und-x-icu")), NFC) COLLATE "C"`.execute(
    db,
  );
  // A trusted extension: whoever may create tables in the database may create it.
  await sql`CREATE EXTENSION IF NOT EXISTS unaccent`.execute(db);
  await sql`CREATE TEXT SEARCH CONFIGURATION unaccented (COPY = simple)`.execute(db);
  await sql`
    ALTER TEXT SEARCH CONFIGURATION unaccented
      ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple`.execute(db);
  // One statement, so that the table is written only once. The index of the old column goes with it.
  await sql`
    ALTER TABLE entries
      DROP COLUMN search,
      ADD COLUMN search tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('unaccented', left(title, 1000)), 'A') ||
        setweight(to_tsvector('unaccented', left(coalesce(head_text, ''), 100000)), 'B')
      ) STORED,
      ADD COLUMN path_key text COLLATE "C" GENERATED ALWAYS AS (path_key(path)) STORED`.execute(db);
  await sql`CREATE INDEX entries_search ON entries USING gin (search) WITH (fastupdate = off)`.execute(
    db,
  );
  await sql`CREATE INDEX entries_path_key ON entries (space_id, path_key)`.execute(db);
  await sql`UPDATE spaces SET reread_wanted = true, generation = generation + 1 WHERE synced_sha IS NOT NULL`.execute(
    db,
  );
}
