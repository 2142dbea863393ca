import type { Entry } from '../../../db/knowledge/entries.ts';
import type { WrittenEntry } from '../../../db/knowledge/entry-writes.ts';
import { textBlobId } from '../../../knowledge/entries/blob-id.ts';
import { isEntryId } from '../../../knowledge/entries/entry-id.ts';
import { readEntry, type ReadEntry } from '../../../knowledge/entries/read-entry.ts';
import type { EntryProblem, Kind } from '../../../model/knowledge/entry.ts';
import type { LastChange } from './index-commits.ts';
import type { FoundFile } from './read-branch.ts';

/** An entry as Git has it now; `null` where it is gone there. */
export type GitSide = Pick<FoundFile, 'path' | 'kind' | 'blobId' | 'content'> | null;

/** An entry after a reading of the branch. */
export interface SettledEntry {
  id: string;
  /** As the database had it; `null` where it is new. */
  row: Entry | null;
  git: GitSide;
  kind: Kind;
  /** Its text with the saves that wait; `null`: a removal waits, or it is no text that we keep. */
  head: string | null;
  /** How many saves wait. */
  kept: number;
  conflicted: boolean;
  /** The commit that changed it in this reading, or `null`. */
  last: LastChange | null;
}

/** The entry as the database is to have it. */
export function writtenEntry(settled: SettledEntry): WrittenEntry {
  const { id, row, git, kind, head, kept, conflicted, last } = settled;
  const gitText = git?.content.text ?? null;
  const asGit = head === gitText && kept === 0;
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
    waiting: kept > 0,
    conflicted,
    ...lastTouched(settled),
  };
}

/** Who changed it last, and when: who saved what waits, else the commit's author. */
function lastTouched({
  row,
  kept,
  last,
}: SettledEntry): Pick<WrittenEntry, 'updatedBy' | 'updatedAt'> {
  const commit = kept > 0 ? null : last;
  return {
    updatedBy: commit?.author ?? row?.updatedBy ?? null,
    updatedAt: commit?.at ?? row?.updatedAt ?? new Date(),
  };
}

/** The id that an entry declares, where it can be used. */
export function usableId({ id }: Pick<ReadEntry, 'id'>): string | null {
  return id !== null && isEntryId(id) ? id : null;
}

/** Says why an entry is not known by the id that it declares. */
function duplicateProblem(id: string, content: ReadEntry): EntryProblem[] {
  const declared = usableId(content);
  if (declared === null || declared === id) return [];
  return [
    {
      code: 'duplicate_id',
      line: 1,
      pointer: '/id',
      message: `Another file has the id ${declared}: give one of them another.`,
    },
  ];
}

/** An entry whose text is not known here, by its row. */
export function unread(row: Entry | null): ReadEntry {
  return {
    id: row?.declaredId ?? null,
    title: row?.title ?? '',
    fields: row?.fields ?? {},
    body: '',
    problems: row?.problems ?? [],
  };
}
