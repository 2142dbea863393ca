import type { Entry } from '../../../db/knowledge/entries.ts';
import type { WrittenEntry } from '../../../db/knowledge/entry-writes.ts';
import type { Save } from '../../../db/knowledge/saves.ts';
import type { LastChange } from '../../../db/knowledge/space-commits.ts';
import type { SyncLogNote } from '../../../db/knowledge/sync-logs.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';
import type { OwnCommits } from './own-commits.ts';
import { clashNote, committedNote, mergedNote, readNote } from './reading-notes.ts';
import type { RebaseMemo } from './rebase-memo.ts';
import { leaveSaves, type Rebase, type RebaseInput } from './rebase-saves.ts';
import { writtenEntry, type GitSide } from './written-entry.ts';

/** What is known of an entry when a reading is taken over. */
export interface EntryFacts {
  id: string;
  /** As the database has it; `null` where it is new. */
  row: Entry | null;
  git: GitSide;
  kind: Kind;
  /** All of its saves that wait, in the order in which they were accepted. */
  saves: readonly Save[];
  /** The commit of this reading that changed it last; `null`: none did. */
  last: LastChange | null;
  own: OwnCommits;
}

/** What becomes of an entry, and of its saves. */
export interface EntryDecision {
  id: string;
  /** The entry as it is to be; `null`: it is nowhere. */
  entry: WrittenEntry | null;
  /** The saves that our own commits hold. */
  delivered: { id: string; sha: string }[];
  /** What became of the others; `null` where none wait. */
  rebase: Rebase<Save> | null;
  /** Of a conflict. */
  kind: Kind;
  path: string;
  last: LastChange | null;
  notes: SyncLogNote[];
}

/**
 * What becomes of an entry: the saves that our own commits hold are delivered, the others are laid over what Git has
 * now. It only decides; what it decided before the space was locked is decided again under the lock, of the saves that
 * there are then.
 */
export async function decideEntry(
  facts: EntryFacts,
  memo: RebaseMemo,
  mergeTexts: RebaseInput<Save>['mergeTexts'],
): Promise<EntryDecision> {
  const { id, row, git, kind, last, own } = facts;
  const { delivered, waiting } = splitSaves(facts);
  const gitText = git?.content.text ?? null;
  const from = delivered.at(-1)?.save.currentText ?? baseOf(row);
  let rebase: Rebase<Save> | null = null;
  if (waiting.length > 0)
    rebase =
      git !== null && gitText === null
        ? leaveSaves(waiting, { from, isSame: git.blobId === row?.gitBlob })
        : await memo.rebase(id, { kind, from, onto: gitText, saves: waiting, mergeTexts });
  const waitingSaves = rebase?.waiting.length ?? 0;
  const clashes = rebase !== null && rebase.clash !== null;
  const conflicted = clashes || (row?.conflicted ?? false);
  const isOwn = last !== null && own.shas.has(last.sha);
  const notes = delivered.map(({ save, sha }) => committedNote(save, sha));
  if (clashes) notes.push(clashNote(id, last));
  if (!isOwn && waitingSaves > 0 && !clashes) notes.push(mergedNote(id, last));
  if (!isOwn && last !== null) notes.push(readNote(id, last, git));
  const head = rebase === null ? gitText : rebase.head;
  const isNowhere = git === null && waitingSaves === 0 && !conflicted;
  return {
    id,
    entry: isNowhere
      ? null
      : writtenEntry({ id, row, git, kind, head, waitingSaves, conflicted, last }),
    delivered: delivered.map(({ save, sha }) => ({ id: save.id, sha })),
    rebase,
    kind,
    path: git?.path ?? row?.path ?? '',
    last,
    notes,
  };
}

function splitSaves({ saves, own }: EntryFacts): {
  delivered: { save: Save; sha: string }[];
  waiting: Save[];
} {
  const delivered: { save: Save; sha: string }[] = [];
  const waiting: Save[] = [];
  for (const save of saves) {
    const sha = save.batchId === null ? undefined : own.commitOf.get(save.batchId);
    if (sha === undefined) waiting.push(save);
    else delivered.push({ save, sha });
  }
  return { delivered, waiting };
}

/** What the first of an entry's waiting saves was laid over, where none before it was delivered. */
function baseOf(row: Entry | null): string | null {
  if (row === null) return null;
  return row.waiting ? row.gitText : row.headText;
}
