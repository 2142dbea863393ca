import { sql, type Selectable } from 'kysely';
import type { Db, Trx } from '../../connect.ts';
import type { SpaceHistoriesTable } from '../../schema/knowledge.ts';
import { storableTime } from '../../storable.ts';
import { spaceChanged } from '../space-marks.ts';

/** How far a space's history has been indexed. */
export type SpaceHistory = Omit<Selectable<SpaceHistoriesTable>, 'spaceId'>;

/**
 * Reads how far the space's history has been indexed; if it never was, the result starts at
 * nothing, with `root`.
 */
export async function readHistory(db: Db, spaceId: string, root: string): Promise<SpaceHistory> {
  const row = await db
    .selectFrom('spaceHistories')
    .select(['root', 'sha', 'position', 'effectiveAt', 'takenPosition'])
    .where('spaceId', '=', spaceId)
    .executeTakeFirst();
  return row ?? { root, sha: null, position: 0, effectiveAt: new Date(0), takenPosition: 0 };
}

/**
 * Locks the space's history until the transaction ends, and nothing else of the space, so saves can
 * still be accepted. Throws `ChangedMeanwhile` if someone else has added to the index since `seen`.
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

/** Records how far the history has been indexed, in the transaction that indexed it. */
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

/**
 * Records up to which commit the entries include what the commits changed; at most as far as the
 * index goes.
 */
export async function noteTaken(trx: Trx, spaceId: string, position: number): Promise<void> {
  await trx
    .updateTable('spaceHistories')
    .set({ takenPosition: sql<number>`least(position, ${position}::bigint)` })
    .where('spaceId', '=', spaceId)
    .execute();
}
