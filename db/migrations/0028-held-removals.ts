import { sql, type Kysely } from 'kysely';

/** What a reading would remove without anybody having reported it: it waits until somebody allows it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE held_removals (
      stream text PRIMARY KEY,
      digest text NOT NULL,
      listed jsonb NOT NULL,
      total integer NOT NULL,
      found_at timestamptz NOT NULL DEFAULT now(),
      approved_at timestamptz
    )`.execute(db);
}
