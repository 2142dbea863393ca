import { sql, type Kysely } from 'kysely';

/** The problems of a space are the first hundred and counts. The next sync finds those of before again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE spaces ALTER COLUMN problems SET DEFAULT '{"counts": {}, "first": []}'
  `.execute(db);
  await sql`
    UPDATE spaces SET problems = DEFAULT, reread_wanted = reread_wanted OR problems <> '[]'::jsonb
  `.execute(db);
}
