import type { Entry } from '../../../db/knowledge/entries.ts';
import type { WrittenEntry } from '../../../db/knowledge/entry-writes.ts';
import type { Save } from '../../../db/knowledge/saves.ts';
import type { LastChange } from '../../../db/knowledge/history/space-commits.ts';
import type { SyncLogNote } from '../../../db/knowledge/sync-logs.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';
import type { OwnCommits } from './own-commits.ts';
import { clashNote, committedNote, mergedNote, movedNote, readNote } from './reading-notes.ts';
import type { RebaseMemo } from './rebase-memo.ts';
import { leaveSaves, type Rebase, type RebaseInput } from './rebase-saves.ts';
import { writtenEntry, type GitSide } from './written-entry.ts';

/** What is known about an entry when a reading is taken over. */
export interface EntryFacts {
  id: string;
  /** The entry in the database; `null` if it is new. */
  row: Entry | null;
  git: GitSide;
  kind: Kind;
  /** All of its waiting saves, in the order in which they were accepted. */
  saves: readonly Save[];
  /** The last commit of this reading that changed it; `null` if none did. */
  last: LastChange | null;
  /** The texts that the commits of this reading left, oldest first; may be empty. */
  passed: readonly string[];
  own: OwnCommits;
}

/** What happens to an entry and its saves. */
export interface EntryDecision {
  id: string;
  /** The entry as it should be stored; `null` if it no longer exists anywhere. */
  entry: WrittenEntry | null;
  /** The saves that are in our own commits. */
  delivered: { id: string; sha: string }[];
  /** What became of the other saves; `null` if none are waiting. */
  rebase: Rebase<Save> | null;
  /** Its kind, for a conflict. */
  kind: Kind;
  path: string;
  last: LastChange | null;
  notes: SyncLogNote[];
}

/**
 * Decides what happens to an entry: the saves in our own commits are delivered, and the others are merged onto what Git
 * has now. It changes nothing. A decision that was made before the space was locked is made again under the lock, for
 * the saves that are waiting then.
 */
export async function decideEntry(
  facts: EntryFacts,
  memo: RebaseMemo,
  mergeTexts: RebaseInput<Save>['mergeTexts'],
): Promise<EntryDecision> {
  const { id, row, git, kind, last, passed, own } = facts;
  const { delivered, ...others } = splitSaves(facts);
  const stays = staysInGit(facts);
  const waiting = stays === null ? others.waiting : withoutMoves(others.waiting);
  const gitText = git?.content.text ?? null;
  const from = delivered.at(-1)?.save.currentText ?? baseOf(row);
  let rebase: Rebase<Save> | null = null;
  if (waiting.length > 0)
    rebase =
      git !== null && gitText === null
        ? leaveSaves(waiting, { from, isSame: git.blobId === row?.gitBlob })
        : await memo.rebase(id, {
            ...{ kind, from, mergeTexts },
            // What was delivered began before that, and what waits is made on it.
            passed: delivered.length === 0 ? passed : [],
            onto: gitText,
            saves: waiting,
          });
  const waitingSaves = rebase?.waiting.length ?? 0;
  const clashes = rebase !== null && rebase.clash !== null;
  const conflicted = clashes || (row?.conflicted ?? false);
  const isOwn = last !== null && own.shas.has(last.sha);
  const notes = delivered.map(({ save, sha }) => committedNote(save, sha));
  if (clashes) notes.push(clashNote(id, last));
  if (!isOwn && waitingSaves > 0 && !clashes) notes.push(mergedNote(id, last));
  if (!isOwn && last !== null) notes.push(readNote(id, last, git));
  if (stays === 'elsewhere' && others.waiting.some(({ moveTo }) => moveTo !== null))
    notes.push(movedNote(id, last));
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

/**
 * Whether no move is needed any more: Git has the file where the newest move wants it (`there`), or a push put it
 * `elsewhere`, which counts, as it always does. `null` if a move still waits, or none did.
 */
function staysInGit({ row, git, saves }: EntryFacts): 'there' | 'elsewhere' | null {
  const wanted = saves.flatMap(({ moveTo }) => moveTo ?? []);
  if (git === null || row === null || wanted.length === 0) return null;
  if (git.path === wanted.at(-1)) return 'there';
  return git.path === row.path || wanted.includes(git.path) ? null : 'elsewhere';
}

function withoutMoves(saves: readonly Save[]): Save[] {
  return saves.map((save) => ({ ...save, moveTo: null }));
}

/** The text that an entry's first waiting save was made on, if none of its saves has just been delivered. */
function baseOf(row: Entry | null): string | null {
  if (row === null) return null;
  return row.waiting ? row.gitText : row.headText;
}
