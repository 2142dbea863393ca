import { sql, type Kysely } from 'kysely';

/** Tokens end by themselves. Those from before do not, until they are replaced. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE tokens ADD COLUMN expires_at timestamptz`.execute(db);
}
