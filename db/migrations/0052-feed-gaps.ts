import { sql, type Kysely } from 'kysely';

/** Counts what may be missing from a feed: a comparison that is asked for covers what was noted before it, and not what is noted meanwhile. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE feeds ADD COLUMN gaps integer NOT NULL DEFAULT 0`.execute(db);
  await sql`UPDATE feeds SET gaps = gap::int`.execute(db);
  await sql`ALTER TABLE feeds DROP COLUMN gap`.execute(db);
}
