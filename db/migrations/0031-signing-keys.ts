import { sql, type Kysely } from 'kysely';

/** The key with which commits are signed that are pushed with a credential. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE credentials
      ADD COLUMN signing_key bytea,
      ADD COLUMN signing_public_key text,
      ADD CONSTRAINT signing_key_has_both CHECK ((signing_key IS NULL) = (signing_public_key IS NULL))`.execute(
    db,
  );
}
