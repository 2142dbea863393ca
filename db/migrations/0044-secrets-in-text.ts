import { sql, type Kysely } from 'kysely';

/**
 * Secrets that were recognised in texts: where they are, and what was made of the files. What is in the trees already is
 * looked at when it changes.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE installation ADD COLUMN fingerprint_key bytea`.execute(db);
  await sql`ALTER TABLE rendered_files ADD COLUMN masked_from text`.execute(db);
  await sql`ALTER TABLE mirrors ADD COLUMN guarded_as text`.execute(db);
  await sql`
    CREATE TABLE secret_findings (
      stream text NOT NULL,
      path text NOT NULL,
      line integer NOT NULL,
      at_column integer NOT NULL,
      rule text NOT NULL,
      fingerprint text NOT NULL,
      masked boolean NOT NULL,
      found_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (stream, path, line, at_column)
    )`.execute(db);
}
