import { manyLines, oneLine, table } from '../../client/layout.ts';

/** A version of an entry, as the API returns it. */
export interface VersionItem {
  commit: string;
  at: string;
  author: { name: string };
  subject: string;
  via: string;
}

/** An entry's versions, one per line. */
export function versionsTable(items: readonly VersionItem[]): string {
  return table(
    ['commit', 'when', 'by', 'through', 'what'],
    items.map(({ commit, at, author, via, subject }) => [commit, at, author.name, via, subject]),
    'No versions in Git yet.',
  );
}

/** A change of a space, as the API returns it. */
export interface ChangeItem extends VersionItem {
  entryId: string;
  kind: string;
  path: string;
}

/** A space's changes, one per line. */
export function changesTable(items: readonly ChangeItem[]): string {
  return table(
    ['commit', 'when', 'by', 'through', 'kind', 'entry', 'what'],
    items.map(({ commit, at, author, via, kind, entryId, subject }) => [
      commit.slice(0, 12),
      at,
      author.name,
      via,
      kind,
      entryId,
      subject,
    ]),
    'No changes in Git yet.',
  );
}

/** Something that happened to an entry, as the API returns it. */
export interface SyncLogItem {
  at: string;
  direction: string;
  outcome: string;
  actor: string | null;
  message: string;
}

/** What happened to an entry, one event per line. */
export function syncLogTable(items: readonly SyncLogItem[]): string {
  return table(
    ['when', 'direction', 'outcome', 'by', 'what'],
    items.map(({ at, direction, outcome, actor, message }) => [
      at,
      direction.replace('_', ' '),
      outcome,
      actor ?? '-',
      message,
    ]),
    'Nothing has happened to it yet.',
  );
}

/** A difference, as the API returns it. */
export interface DiffAnswer {
  fields: { field: string; from?: unknown; to?: unknown }[];
  /** `null`: too large to compare. */
  body: string | null;
}

/** What changed: field by field, then the text. */
export function diffText({ fields, body }: DiffAnswer): string {
  const lines = fields.map(({ field, from, to }) =>
    oneLine(`${field}: ${valueText(from)} → ${valueText(to)}`),
  );
  if (lines.length === 0 && body === '') return 'Nothing changed.';
  const text = body === null ? 'The text is too large to compare.' : manyLines(body);
  return [...lines, ...(text === '' ? [] : ['', text])].join('\n');
}

function valueText(value: unknown): string {
  return value === undefined ? '(not there)' : JSON.stringify(value);
}
