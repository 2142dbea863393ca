import type { Trx } from '../../../db/connect.ts';
import { insertLostConflicts, type LostEntry } from '../../../db/knowledge/lost-saves.ts';
import { putEntries, type WrittenEntry } from '../../../db/knowledge/entry-writes.ts';
import { recordSyncLog } from '../../../db/knowledge/sync-logs.ts';
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import { lostNote } from './reading-notes.ts';
import type { StepContext } from './store-step.ts';
import { kindNamed } from './written-entry.ts';

/**
 * Offers again what was delivered and what a rewritten branch dropped, entry by entry, each as a conflict: take it again,
 * or let it go. Entries that are gone altogether get a row, so that they are found with their conflict.
 */
export async function offerLost(
  trx: Trx,
  { spaceId, kinds }: Pick<StepContext, 'spaceId' | 'kinds'>,
  commits: readonly string[],
): Promise<void> {
  if (commits.length === 0) return;
  const lost = await insertLostConflicts(trx, spaceId, commits);
  const gone = lost.filter(({ isThere }) => !isThere);
  await putEntries(
    trx,
    spaceId,
    gone.map((entry) => goneEntry(entry, kinds)),
  );
  await recordSyncLog(
    trx,
    spaceId,
    lost.map(({ id }) => lostNote(id)),
  );
}

/** An entry that exists nowhere any more, under the title that it had. */
function goneEntry(
  { id, kind: name, path, text }: LostEntry,
  kinds: StepContext['kinds'],
): WrittenEntry {
  const { title, fields } = readEntry(text ?? '', kindNamed(name, kinds));
  const nothing = { blob: null, text: null };
  return {
    ...{ id, kind: name, path, declaredId: null, title: title === '' ? id : title, fields },
    ...{ problems: [], head: nothing, git: nothing, commitSha: null },
    ...{ waiting: false, conflicted: true, updatedBy: null, updatedAt: new Date() },
  };
}
