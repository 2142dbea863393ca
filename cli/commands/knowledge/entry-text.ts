import type { ApiRefused } from '../../client/api-client.ts';
import type { Answer, Item } from '../../client/answers.ts';
import { facts, manyLines, oneLine, table } from '../../client/layout.ts';

type EntryItem = Item<'GET /v1/spaces/:space/entries'>;

/** An entry, as the API returns it. */
export type Entry = Answer<'GET /v1/spaces/:space/entries/:entry'>;

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

/** An entry with its text. */
export function entryText(entry: Entry): string {
  const { problems, hints, failure } = entry;
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
    ...hints.map(({ line, pointer, message }) =>
      oneLine(`hint: line ${line}: ${pointer}: ${message}`),
    ),
    ...(entry.text === null ? [] : ['', manyLines(entry.text)]),
  ].join('\n');
}

/**
 * What someone else has saved in the meantime, what was to be saved, and what to do; `null` if it
 * is a different problem. `named` says whether the caller named the version that they started from.
 */
export function staleText({ code, problem }: ApiRefused, named: boolean): string | null {
  if (code !== 'base_stale') return null;
  const sides = problem as StaleSides;
  const again = named && sides.blob !== null ? ` with --base ${sides.blob}` : '';
  return `${sidesText(sides)}\n\nNothing was saved. Compare the two and run the command again${again}: it ${named ? 'then ' : ''}starts from the entry as it is now.`;
}

/** Both sides of a save that was made on an entry as it no longer is, as the API returns them. */
export type StaleSides = Record<'theirs' | 'yours' | 'blob', string | null>;

/** The entry as it is now, and as it was to be. */
export function sidesText({ theirs, yours }: StaleSides): string {
  return [
    'As it is now:',
    manyLines(theirs ?? '(it was removed)'),
    '',
    'What you wanted to save:',
    manyLines(yours ?? '(a removal)'),
  ].join('\n');
}
