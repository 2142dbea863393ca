import { sql, type Kysely } from 'kysely';

/**
 * What a change is followed by, through processes and outages: the trace that it belongs to (as `traceparent`), and of
 * how many changes it is the one that the log tells of.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE change_events ADD COLUMN traceparent text, ADD COLUMN logged_one_in integer`.execute(
    db,
  );
  await sql`ALTER TABLE batches ADD COLUMN traceparent text`.execute(db);
}
