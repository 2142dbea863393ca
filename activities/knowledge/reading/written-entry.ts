import type { Entry } from '../../../db/knowledge/entries.ts';
import type { WrittenEntry } from '../../../db/knowledge/entry-writes.ts';
import { textBlobId } from '../../../knowledge/entries/blob-id.ts';
import { isEntryId } from '../../../knowledge/entries/entry-id.ts';
import { readEntry, type ReadEntry } from '../../../knowledge/entries/read-entry.ts';
import type { EntryProblem, Kind } from '../../../model/knowledge/entry.ts';
import type { LastChange } from '../../../db/knowledge/space-commits.ts';
import type { FileContent } from './entry-contents.ts';
import type { FoundFile } from './read-branch.ts';

/** An entry as it is in Git now; `null` if it is no longer there. */
export type GitSide = (FoundFile & { content: FileContent }) | null;

/** An entry after a reading of the branch. */
export interface EntryAfterReading {
  id: string;
  /** The entry in the database before; `null` if it is new. */
  row: Entry | null;
  git: GitSide;
  kind: Kind;
  /** Its text with the waiting saves; `null` if a removal is waiting, or it is not text that we store. */
  head: string | null;
  /** How many saves are waiting. */
  waitingSaves: number;
  conflicted: boolean;
  /** The commit that changed it in this reading, or `null` if none did. */
  last: LastChange | null;
}

/** The entry as it should be stored in the database. */
export function writtenEntry(after: EntryAfterReading): WrittenEntry {
  const { id, row, git, kind, head, waitingSaves, conflicted, last } = after;
  const gitText = git?.content.text ?? null;
  const asGit = head === gitText && waitingSaves === 0;
  const content =
    asGit && git !== null ? git.content : head === null ? unread(row) : readEntry(head, kind);
  const headBlob = head === null ? null : textBlobId(head);
  return {
    id,
    kind: kind.name,
    path: git?.path ?? row?.path ?? '',
    declaredId: usableId(content),
    title: content.title,
    fields: content.fields,
    problems: [...content.problems, ...duplicateProblem(id, content)],
    head: { blob: asGit ? (git?.blobId ?? null) : headBlob, text: head },
    git: { blob: git?.blobId ?? null, text: asGit ? null : gitText },
    commitSha: last?.sha ?? row?.commitSha ?? null,
    waiting: waitingSaves > 0,
    conflicted,
    ...lastTouched(after),
  };
}

/** Who changed it last, and when: whoever made the waiting saves, or else the commit's author. */
function lastTouched({
  row,
  waitingSaves,
  last,
}: EntryAfterReading): Pick<WrittenEntry, 'updatedBy' | 'updatedAt'> {
  const commit = waitingSaves > 0 ? null : last;
  return {
    updatedBy: commit?.author ?? row?.updatedBy ?? null,
    updatedAt: commit?.at ?? row?.updatedAt ?? new Date(),
  };
}

/** The id that an entry declares, if it can be used; otherwise `null`. */
export function usableId({ id }: Pick<ReadEntry, 'id'>): string | null {
  return id !== null && isEntryId(id) ? id : null;
}

/** Says why an entry does not have the id that it declares. */
function duplicateProblem(id: string, content: ReadEntry): EntryProblem[] {
  const declared = usableId(content);
  if (declared === null || declared === id) return [];
  return [
    {
      code: 'duplicate_id',
      line: 1,
      pointer: '/id',
      message: `Another file has the id ${declared}: give one of them a different id.`,
    },
  ];
}

/** What the database knows about an entry in Git, as if it had just been read. */
export function gitSideOf(row: Entry, kinds: readonly Kind[]): NonNullable<GitSide> {
  const kind = kindNamed(row.kind, kinds);
  const text = row.waiting || row.gitText !== null ? row.gitText : row.headText;
  const content = { ...(text === null ? unread(row) : readEntry(text, kind)), text };
  return { path: row.path, kind, blobId: row.gitBlob ?? '', content };
}

/** The kind with this name; if the repository no longer adds it, one that has only the name. */
export function kindNamed(name: string, kinds: readonly Kind[]): Kind {
  const kind = kinds.find((known) => known.name === name);
  if (kind !== undefined) return kind;
  const [first] = kinds;
  if (first === undefined) throw new Error('A space has no kinds.');
  // With the name of another kind, its readers would see the entry.
  return { ...first, name };
}

/** An entry whose text we do not have, from its row. */
function unread(row: Entry | null): ReadEntry {
  return {
    id: row?.declaredId ?? null,
    title: row?.title ?? '',
    fields: row?.fields ?? {},
    body: '',
    problems: row?.problems ?? [],
    hints: [],
  };
}
