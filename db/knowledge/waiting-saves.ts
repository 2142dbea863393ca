import { sql } from 'kysely';
import { holdCodes, type Hold } from '../../model/knowledge/hold.ts';
import type { Db, Trx } from '../connect.ts';
import { jsonb } from '../storable.ts';
import { recordSyncLog } from './sync-logs.ts';

/** Whether the saves of an entry (`e`) are held. */
export const isHeldEntry = sql<boolean>`(e.failure IS NOT NULL AND e.failure->>'code' = ANY (${[...holdCodes]}::text[]))`;

/** Counts the waiting saves, how many of them are held, and the open conflicts. */
export async function countWaitingSaves(
  db: Db,
  spaceId: string,
): Promise<{ waitingSaves: number; heldSaves: number; openConflicts: number }> {
  const { rows } = await sql<{ waitingSaves: number; heldSaves: number; openConflicts: number }>`
    SELECT
      (SELECT count(*) FROM saves WHERE space_id = ${spaceId} AND state = 'waiting') AS "waitingSaves",
      (SELECT count(*) FROM saves s
        JOIN entries e ON e.space_id = s.space_id AND e.id = s.entry_id
        WHERE s.space_id = ${spaceId} AND s.state = 'waiting' AND ${isHeldEntry}) AS "heldSaves",
      (SELECT count(*) FROM conflicts WHERE space_id = ${spaceId} AND settled IS NULL) AS "openConflicts"`.execute(
    db,
  );
  return rows[0] ?? { waitingSaves: 0, heldSaves: 0, openConflicts: 0 };
}

/**
 * Records on entries why their waiting saves are held, by entry id, and clears it on all others.
 * Writes to the sync log what was not held before. Pass the transaction that holds the space's lock.
 */
export async function noteHolds(
  trx: Trx,
  spaceId: string,
  holds: ReadonlyMap<string, Hold>,
): Promise<void> {
  const ids = [...holds.keys()];
  await sql`
    UPDATE entries e SET failure = NULL
    WHERE space_id = ${spaceId} AND ${isHeldEntry} AND NOT id = ANY (${ids}::text[])`.execute(trx);
  const { rows } = await sql<{ id: string }>`
    UPDATE entries e SET failure = h.failure
    FROM unnest(${ids}::text[], ${[...holds.values()].map(jsonb)}::jsonb[]) AS h (id, failure)
    WHERE e.space_id = ${spaceId} AND e.id = h.id AND e.failure IS DISTINCT FROM h.failure
    RETURNING e.id`.execute(trx);
  await recordSyncLog(
    trx,
    spaceId,
    rows.map(({ id }) => ({
      entryId: id,
      direction: 'to_git',
      outcome: 'failed',
      commitSha: null,
      actor: null,
      message: `It is not sent for now. ${holds.get(id)?.message ?? ''}`,
    })),
  );
}
