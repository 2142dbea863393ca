import { sql, type Selectable } from 'kysely';
import type { Db, Trx } from '../connect.ts';
import type { SpaceHistoriesTable } from '../schema/knowledge.ts';
import { storableTime } from '../storable.ts';
import { spaceChanged } from './space-marks.ts';

/** How far a space's history is indexed. */
export type SpaceHistory = Omit<Selectable<SpaceHistoriesTable>, 'spaceId'>;

/** How far the space's history is indexed; one that was never looked at begins below `root`. */
export async function readHistory(db: Db, spaceId: string, root: string): Promise<SpaceHistory> {
  const row = await db
    .selectFrom('spaceHistories')
    .select(['root', 'sha', 'position', 'effectiveAt', 'takenPosition'])
    .where('spaceId', '=', spaceId)
    .executeTakeFirst();
  return row ?? { root, sha: null, position: 0, effectiveAt: new Date(0), takenPosition: 0 };
}

/**
 * Locks the space's history until the transaction ends, and no more of the space: saves are accepted meanwhile. Throws
 * `ChangedMeanwhile` where somebody else indexed since it was seen.
 */
export async function lockHistoryAt(trx: Trx, spaceId: string, seen: SpaceHistory): Promise<void> {
  await trx
    .insertInto('spaceHistories')
    .values({ spaceId, ...seen })
    .onConflict((conflict) => conflict.column('spaceId').doNothing())
    .execute();
  const row = await trx
    .selectFrom('spaceHistories')
    .select(['sha', 'position'])
    .where('spaceId', '=', spaceId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (row.sha !== seen.sha || row.position !== seen.position) throw spaceChanged(spaceId);
}

/** Notes how far the history is indexed, in the transaction that indexed it. */
export async function noteHistory(
  trx: Trx,
  spaceId: string,
  { root, sha, position, effectiveAt }: SpaceHistory,
): Promise<void> {
  await trx
    .updateTable('spaceHistories')
    .set({
      root,
      sha,
      position,
      effectiveAt: storableTime(effectiveAt),
      takenPosition: sql<number>`least(taken_position, ${position}::bigint)`,
    })
    .where('spaceId', '=', spaceId)
    .execute();
}

/** Notes up to where the entries have what the commits changed; no further than what is still indexed. */
export async function noteTaken(trx: Trx, spaceId: string, position: number): Promise<void> {
  await trx
    .updateTable('spaceHistories')
    .set({ takenPosition: sql<number>`least(position, ${position}::bigint)` })
    .where('spaceId', '=', spaceId)
    .execute();
}
