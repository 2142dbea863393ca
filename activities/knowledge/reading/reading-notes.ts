import type { Save } from '../../../db/knowledge/saves.ts';
import type { LastChange } from '../../../db/knowledge/history/space-commits.ts';
import type { SyncLogNote } from '../../../db/knowledge/sync-logs.ts';
import type { GitSide } from './written-entry.ts';

/** Notes that a save is in a commit of ours. */
export function committedNote(save: Pick<Save, 'entryId' | 'person'>, sha: string): SyncLogNote {
  return {
    entryId: save.entryId,
    direction: 'to_git',
    outcome: 'committed',
    commitSha: sha,
    actor: save.person.name,
    message: 'Committed.',
  };
}

/** Notes that a person has to decide. */
export function clashNote(id: string, last: LastChange | null): SyncLogNote {
  const message = 'What was saved here clashes with what came from Git: settle the conflict.';
  return fromGit(id, last, 'conflict', message);
}

/** Notes that a rewritten branch no longer has what was committed. */
export function lostNote(id: string): SyncLogNote {
  const message =
    'The branch was rewritten, and no longer has what was saved here: take it again, or let it go.';
  return fromGit(id, null, 'conflict', message);
}

/** Notes that a rewritten branch no longer has a move of an entry's file. */
export function movedBackNote(id: string): SyncLogNote {
  const message = 'The branch was rewritten: the file is no longer where it had been moved to.';
  return fromGit(id, null, 'read', message);
}

/** Notes that waiting saves were merged with somebody's push. */
export function mergedNote(id: string, last: LastChange | null): SyncLogNote {
  return fromGit(id, last, 'merged', 'Merged with what came from Git.');
}

/** Notes that a push moved the file while a move to another place waited. */
export function movedNote(id: string, last: LastChange | null): SyncLogNote {
  const message =
    'A push moved its file elsewhere: it stays there, and the move saved here is not needed.';
  return fromGit(id, last, 'merged', message);
}

/** Notes what somebody's push did to an entry. */
export function readNote(id: string, last: LastChange | null, git: GitSide): SyncLogNote {
  if (git === null) return fromGit(id, last, 'removed', 'Removed in Git.');
  const [problem] = git.content.problems;
  return problem === undefined
    ? fromGit(id, last, 'read', 'Read from Git.')
    : fromGit(id, last, 'invalid', `Read from Git; line ${problem.line}: ${problem.message}`);
}

function fromGit(
  entryId: string,
  last: LastChange | null,
  outcome: SyncLogNote['outcome'],
  message: string,
): SyncLogNote {
  return {
    entryId,
    direction: 'from_git',
    outcome,
    commitSha: last?.sha ?? null,
    actor: last?.author ?? null,
    message,
  };
}
