import { sql, type Kysely } from 'kysely';

/**
 * What was last read of each mirror's project, so that a window reads only what changed; and the
 * rendered state indexed by owner, which is how windows look it up.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE snapshots (
      stream text PRIMARY KEY,
      facts bytea NOT NULL,
      storage bytea NOT NULL
    )`.execute(db);
  await sql`
    CREATE TABLE snapshot_configurations (
      stream text NOT NULL,
      key text COLLATE "C" NOT NULL,
      entry bytea NOT NULL,
      PRIMARY KEY (stream, key)
    )`.execute(db);
  await sql`
    ALTER TABLE rendered_files
      DROP CONSTRAINT rendered_files_pkey,
      ALTER COLUMN owner TYPE text COLLATE "C",
      ADD PRIMARY KEY (stream, owner, path)`.execute(db);
}
