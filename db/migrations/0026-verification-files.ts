import { sql, type Kysely } from 'kysely';

/** What the source makes of paths that differed in the last verification, so that both sides can be shown; sealed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE verification_files (
      stream text NOT NULL,
      path text NOT NULL,
      expected bytea NOT NULL,
      PRIMARY KEY (stream, path)
    )`.execute(db);
}
