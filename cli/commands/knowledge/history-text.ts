import type { Answer, Item } from '../../client/answers.ts';
import { manyLines, oneLine, table } from '../../client/layout.ts';

type Version = Item<'GET /v1/spaces/:space/entries/:entry/versions'>;
type Change = Item<'GET /v1/spaces/:space/changes'>;
type SyncLog = Item<'GET /v1/spaces/:space/entries/:entry/sync-logs'>;
type Diff = Answer<'GET /v1/spaces/:space/entries/:entry/diff'>;

/** An entry's versions, one per line. */
export function versionsTable(items: readonly Version[]): string {
  return table(
    ['commit', 'when', 'by', 'through', 'what'],
    items.map(({ commit, at, author, via, subject }) => [commit, at, author.name, via, subject]),
    'No versions in Git yet.',
  );
}

/** A space's changes, one per line. */
export function changesTable(items: readonly Change[]): string {
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

/** What happened to an entry, one event per line. */
export function syncLogTable(items: readonly SyncLog[]): string {
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

/** What changed: field by field, then the text. */
export function diffText({ fields, body }: Diff): string {
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
