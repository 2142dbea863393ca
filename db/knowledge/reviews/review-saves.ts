import { sql } from 'kysely';
import type { Db } from '../../connect.ts';
import type { Review } from './reviews.ts';

/** How many of the saves that a review became still wait, and how many have become conflicts. */
export async function countSavesOfReview(
  db: Db,
  reviewId: string,
): Promise<{ waiting: number; conflicts: number }> {
  const { waiting, conflicts } = await db
    .selectFrom('saves')
    .select([
      sql<number>`count(*) FILTER (WHERE state = 'waiting')`.as('waiting'),
      sql<number>`count(*) FILTER (WHERE state = 'conflict')`.as('conflicts'),
    ])
    .where('reviewId', '=', reviewId)
    .executeTakeFirstOrThrow();
  return { waiting, conflicts };
}

/** Finds the review that a save became, because the branch turned out to be protected; `null` if it did not. */
export async function findReviewOfSave(db: Db, saveId: string): Promise<Review | null> {
  const row = await db
    .selectFrom('reviews')
    .innerJoin('saves', 'saves.reviewId', 'reviews.id')
    .selectAll('reviews')
    .where('saves.id', '=', saveId)
    .where('saves.state', '=', 'in_review')
    .executeTakeFirst();
  return row ?? null;
}
