import { isDeepStrictEqual } from 'node:util';
import type { Db } from '../../../db/connect.ts';
import type { Entry } from '../../../db/knowledge/entries.ts';
import {
  listWaitingSaveBatches,
  separateSaves,
  type WaitingSaveBatch,
} from '../../../db/knowledge/save-batches.ts';
import { lockSpaceAt } from '../../../db/knowledge/space-marks.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
import { noteHolds } from '../../../db/knowledge/waiting-saves.ts';
import { holdCodes, type Hold } from '../../../model/knowledge/hold.ts';
import { draftMessage } from './compose-saves.ts';

/** The waiting batches that are to be sent, and everything that holds are decided from. */
export interface HeldBack {
  batches: readonly WaitingSaveBatch[];
  entries: readonly Entry[];
}

/** What is not sent, by the ids of the entries. */
export interface LeftOut {
  /** Held for a reason, which the entries show. */
  held: ReadonlyMap<string, Hold>;
  /** Only not sent this time, while it is found out what the host refuses. */
  left: ReadonlySet<string>;
}

/**
 * Takes what is not sent out of the batches that are about to be sent, and returns the others: a batch becomes one
 * commit, and everything in it counts as delivered with that. The rest keeps waiting in batches of its own, which are
 * looked at again with every sync. Writes only if something has changed. Throws `ChangedMeanwhile`.
 */
export async function holdBack(
  db: Db,
  row: Space,
  { batches, entries }: HeldBack,
  { held, left }: LeftOut,
): Promise<WaitingSaveBatch[]> {
  const isOut = ({ entryId: id }: { entryId: string }) => held.has(id) || left.has(id);
  const mixed = batches.filter(({ saves }) => saves.some(isOut) && !saves.every(isOut));
  const isMixed = mixed.length > 0;
  // With all their saves, which must stay in order; the others keep their batches.
  const separated = mixed.flatMap(({ saves }) => saves.filter(isOut)).map((save) => save.entryId);
  if (isMixed || entries.some((entry) => !isNoted(entry, held.get(entry.id) ?? null)))
    await db.transaction().execute(async (trx) => {
      await lockSpaceAt(trx, row);
      await noteHolds(trx, row.id, held);
      if (isMixed) await separateSaves(trx, row.id, [...new Set(separated)], draftMessage);
    });
  const now = isMixed ? await listWaitingSaveBatches(db, row.id) : batches;
  return now.filter(({ saves }) => !saves.some(isOut));
}

/** Whether the database already says of an entry whether it is held, and why. */
function isNoted({ failure }: Entry, hold: Hold | null): boolean {
  if (hold !== null) return isDeepStrictEqual(failure, hold);
  return failure === null || !holdCodes.some((code) => code === failure.code);
}
