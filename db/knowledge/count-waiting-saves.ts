import { sql } from 'kysely';
import type { Db } from '../connect.ts';

/** Counts the waiting saves and the open conflicts. */
export async function countWaitingSaves(
  db: Db,
  spaceId: string,
): Promise<{ waitingSaves: number; openConflicts: number }> {
  const { rows } = await sql<{ waitingSaves: number; openConflicts: number }>`
    SELECT
      (SELECT count(*) FROM saves WHERE space_id = ${spaceId} AND state = 'waiting') AS "waitingSaves",
      (SELECT count(*) FROM conflicts WHERE space_id = ${spaceId} AND settled IS NULL) AS "openConflicts"`.execute(
    db,
  );
  return rows[0] ?? { waitingSaves: 0, openConflicts: 0 };
}
