import type { Db } from '../../../db/connect.ts';
import {
  isSavedSince,
  listUncompared,
  noteCompared,
  noteSettlement,
  type Conflict,
} from '../../../db/knowledge/conflicts.ts';
import { findEntry, type Entry } from '../../../db/knowledge/entries.ts';
import { acceptSave, type NewSave } from '../../../db/knowledge/saves.ts';
import { findSpace, lockSpace, type Space } from '../../../db/knowledge/spaces.ts';
import { recordSyncLog } from '../../../db/knowledge/sync-logs.ts';
import { textBlobId } from '../../../knowledge/entries/blob-id.ts';
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import { mergeEntries } from '../../../knowledge/merge/merge-entries.ts';
import { checkedMove } from '../../../knowledge/environments/required-checks.ts';
import { neededFor } from '../../../knowledge/review/needed-for.ts';
import type { MergeInput } from '../../../knowledge/merge/merge-input.ts';
import { takeAgain } from '../../../knowledge/merge/take-again.ts';
import { ourselves } from '../../../model/access/actor.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';
import { gitward } from '../../../model/streams/author.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import type { Execution } from '../../streams/execution.ts';
import { usableId } from '../reading/written-entry.ts';

/**
 * Closes the conflicts whose sides fit together again: the entry has come to what was saved, or what was in its way is
 * gone, and then it is saved after all. Looks only at conflicts whose entry has changed since the last look, and at some
 * of them with each sync, because saves wait meanwhile; wherever it is killed, the next sync goes on. What others have to
 * approve is left to a person: a conflict is no way around a review.
 */
export async function closeConflicts(
  { db, texts }: Pick<ActivityDependencies, 'db' | 'texts'>,
  spaceId: string,
  { step, signal }: Execution,
): Promise<void> {
  const uncompared = await listUncompared(db, spaceId);
  if (uncompared.length === 0) return;
  const kinds = kindsOf((await findSpace(db, spaceId))?.kinds ?? []);
  for (const conflict of uncompared) {
    signal.throwIfAborted();
    step('comparing the sides of conflicts');
    const entry = await findEntry(db, spaceId, conflict.entryId);
    const kind = kinds.find(({ name }) => name === (entry?.kind ?? conflict.kind));
    const fitting =
      kind === undefined ? null : await findFitting(db, conflict, entry, kind, texts.merge);
    if (kind !== undefined && fitting !== null) await close(db, conflict, entry, kind, fitting);
    else await noteCompared(db, conflict.id, entry?.headBlob ?? null);
  }
}

/** The text in which both sides of a conflict fit together; `null` if somebody has to decide. */
async function findFitting(
  db: Db,
  conflict: Conflict,
  entry: Entry | null,
  kind: Kind,
  mergeTexts: MergeInput['mergeTexts'],
): Promise<{ text: string | null } | null> {
  // A file that is no text that we store cannot be compared.
  if (entry !== null && entry.headBlob !== null && entry.headText === null) return null;
  const git = entry?.headText ?? null;
  const sides = { kind, base: conflict.baseText, git, mine: conflict.mineText, mergeTexts };
  if (conflict.cause === 'lost')
    return (await takeAgain(sides)).mine === git ? { text: git } : null;
  const merged = await mergeEntries(sides);
  if (merged.kind === 'conflict') return null;
  // Whoever has saved the entry since then saw the conflict: what they wrote is no mere step back.
  if (merged.text !== git && (await isSavedSince(db, conflict))) return null;
  return { text: merged.text };
}

/** Closes a conflict, unless the entry or the conflict has changed in the meantime: the next sync looks again. */
async function close(
  db: Db,
  conflict: Conflict,
  seen: Entry | null,
  kind: Kind,
  { text }: { text: string | null },
): Promise<void> {
  const { id, spaceId, entryId } = conflict;
  await db.transaction().execute(async (trx) => {
    const space = await lockSpace(trx, spaceId);
    if (space === null) return;
    const entry = await findEntry(trx, spaceId, entryId);
    if (entry?.headBlob !== seen?.headBlob) return;
    if (isReviewed(space, conflict, entry, kind, text))
      return noteCompared(trx, id, entry?.headBlob ?? null);
    const accepted = await acceptSave(trx, saveOf(conflict, entry, kind, text));
    if (accepted.kind === 'path_taken') return noteCompared(trx, id, entry?.headBlob ?? null);
    if (accepted.kind === 'stale' || accepted.kind === 'no_space') return;
    const saveId = accepted.kind === 'accepted' ? accepted.saveId : null;
    const settled = {
      settlement: { take: saveId === null ? ('git' as const) : ('mine' as const) },
      ...{ by: gitward.name, at: new Date().toISOString(), saveId },
    };
    await noteSettlement(trx, conflict, {
      settled,
      git: {
        text: entry?.headText ?? null,
        commit: entry?.commitSha ?? null,
        author: entry?.updatedBy ?? null,
        at: entry?.updatedAt ?? null,
      },
    });
    await recordSyncLog(trx, spaceId, [
      {
        ...{ entryId, direction: 'from_git', outcome: 'settled', commitSha: null, actor: null },
        message:
          saveId === null
            ? 'The conflict has closed itself: both sides are the same again.'
            : 'The conflict has closed itself: what was in the way is gone, and what had been saved is sent.',
      },
    ]);
  });
}

/** Whether others have to approve the text first, or checks to pass. The roles of who wrote it are not known. */
function isReviewed(
  space: Space,
  { path, mineAuthors }: Conflict,
  entry: Entry | null,
  kind: Kind,
  text: string | null,
): boolean {
  const baseText = entry?.headText ?? null;
  if (text === baseText) return false;
  if (checkedMove(kind, { before: baseText, after: text }) !== null) return true;
  const file = {
    kind: kind.name,
    path: entry?.path ?? path,
    action: 'settle' as const,
    moveTo: null,
  };
  const authors = mineAuthors.map(({ email }) => ({ email, role: null }));
  return neededFor(space, [{ ...file, baseText, text }], authors) !== null;
}

function saveOf(
  { spaceId, entryId, path, mineAuthors }: Conflict,
  entry: Entry | null,
  kind: Kind,
  text: string | null,
): NewSave {
  const content = text === null ? null : readEntry(text, kind);
  return {
    ...{ spaceId, entryId, kind: kind.name, path: entry?.path ?? path, action: 'settle' },
    base: entry?.headBlob ?? null,
    content:
      text === null || content === null
        ? null
        : { ...content, text, blob: textBlobId(text), declaredId: usableId(content) },
    ...{ person: mineAuthors.at(-1) ?? gitward, by: ourselves, via: 'api', message: null },
  };
}
