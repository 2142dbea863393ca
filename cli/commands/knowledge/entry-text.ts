import { facts, manyLines, oneLine, table } from '../../client/layout.ts';

/** An entry, as it appears in lists. */
export interface EntryItem {
  id: string;
  kind: string;
  path: string;
  title: string;
  syncStatus: string;
  updatedAt: string;
  updatedBy: string | null;
}

/** Entries, one per line. */
export function entriesTable(items: readonly EntryItem[]): string {
  return table(
    ['id', 'kind', 'title', 'status', 'changed', 'by', 'path'],
    items.map(({ id, kind, title, syncStatus, updatedAt, updatedBy, path }) => [
      id,
      kind,
      title,
      syncStatus,
      updatedAt,
      updatedBy ?? '-',
      path,
    ]),
    'No entries.',
  );
}

/** An entry, as the API returns it. */
export interface Entry extends EntryItem {
  text: string | null;
  blob: string;
  gitCommitSha: string | null;
  lastSyncedAt: string | null;
  problems?: { line: number; pointer: string; message: string }[];
  failure?: { code: string; message: string } | null;
}

/** An entry with its text. */
export function entryText(entry: Entry): string {
  const { problems = [], failure = null } = entry;
  return [
    facts([
      ['entry', entry.id],
      ['kind', entry.kind],
      ['path', entry.path],
      ['status', entry.syncStatus],
      ['synced', entry.lastSyncedAt],
      ['commit', entry.gitCommitSha],
      ['base', entry.blob],
      ['why', failure && `${failure.message} (${failure.code})`],
    ]),
    ...problems.map(({ line, pointer, message }) =>
      oneLine(`! line ${line}: ${pointer === '' ? '' : `${pointer}: `}${message}`),
    ),
    ...(entry.text === null ? [] : ['', manyLines(entry.text)]),
  ].join('\n');
}

/**
 * What someone else has saved in the meantime, what was to be saved, and what to do; `null` if it
 * is a different problem.
 */
export function staleText(problem: unknown): string | null {
  const { code, theirs, yours } = (problem ?? {}) as {
    code?: string;
    theirs?: string | null;
    yours?: string | null;
  };
  if (code !== 'base_stale') return null;
  return [
    'As it is now:',
    manyLines(theirs ?? '(it was removed)'),
    '',
    'What you wanted to save:',
    manyLines(yours ?? '(a removal)'),
    '',
    'Nothing was saved. Compare the two and run the command again: it starts from the entry as it is now.',
  ].join('\n');
}
