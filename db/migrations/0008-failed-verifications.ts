import { sql, type Kysely } from 'kysely';

/** A verification that could not read the source or the repository says why. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE verifications
      ADD COLUMN failure jsonb,
      DROP CONSTRAINT verifications_outcome_check,
      ADD CONSTRAINT verifications_outcome_check
        CHECK (outcome IN ('identical', 'different', 'unsettled', 'failed')),
      ADD CONSTRAINT verifications_failure CHECK ((outcome = 'failed') = (failure IS NOT NULL))`.execute(
    db,
  );
}
