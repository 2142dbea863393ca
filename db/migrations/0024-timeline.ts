import { sql, type Kysely } from 'kysely';

/** The outages of a stream by time, for timelines. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE INDEX outages_since ON outages (stream, since DESC, id DESC)`.execute(db);
}
