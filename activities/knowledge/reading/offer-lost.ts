import type { Trx } from '../../../db/connect.ts';
import { insertLostConflicts } from '../../../db/knowledge/lost-saves.ts';
import { recordSyncLog } from '../../../db/knowledge/sync-logs.ts';
import type { EntryChange } from './match-files.ts';
import { lostNote, movedBackNote } from './reading-notes.ts';

/**
 * Offers again what was delivered and what a rewritten branch dropped, entry by entry, each as a conflict: take it again,
 * or let it go. Only for entries that the reading changes: those that are as they were have lost nothing. Call it before
 * any of that is stored, in the transaction from which on the rewritten branch counts.
 */
export async function offerLost(
  trx: Trx,
  spaceId: string,
  { lostCommits, changes }: { lostCommits: readonly string[]; changes: readonly EntryChange[] },
): Promise<void> {
  if (lostCommits.length === 0) return;
  const now = changes.map(({ id, file }) => ({ id, blob: file?.blobId ?? null }));
  const { offered, movedBack } = await insertLostConflicts(trx, spaceId, lostCommits, now);
  await recordSyncLog(trx, spaceId, [...offered.map(lostNote), ...movedBack.map(movedBackNote)]);
}
