import { sql, type Kysely } from 'kysely';

/** Files of mirrors whose content the host refuses: they stay as they were while everything else is sent. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE refused_files (
      stream text NOT NULL,
      path text NOT NULL,
      blob_id text NOT NULL,
      rule text NOT NULL,
      refused_at timestamptz NOT NULL DEFAULT now(),
      outage_id uuid,
      PRIMARY KEY (stream, path, blob_id)
    )`.execute(db);
}
