import { sql } from 'kysely';
import type { Db } from '../../connect.ts';

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
