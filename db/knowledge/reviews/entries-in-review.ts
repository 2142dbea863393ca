import { sql } from 'kysely';
import type { Trx } from '../../connect.ts';

/** Brings the marks of a space's entries in line with its reviews that go on. */
export async function markEntriesInReview(trx: Trx, spaceId: string): Promise<void> {
  await sql`
    WITH reviewed AS (
      SELECT DISTINCT i.entry_id FROM review_items i JOIN reviews r ON r.id = i.review_id
      WHERE r.space_id = ${spaceId} AND r.ended_at IS NULL
    )
    UPDATE entries e SET in_review = NOT e.in_review
    WHERE e.space_id = ${spaceId}
      AND e.in_review <> EXISTS (SELECT FROM reviewed WHERE reviewed.entry_id = e.id)
      AND (e.in_review OR e.id IN (SELECT entry_id FROM reviewed))`.execute(trx);
}
