import type { Answer, Item } from '../../client/answers.ts';
import { manyLines, oneLine, table } from '../../client/layout.ts';

type Version = Item<'GET /v1/spaces/:space/entries/:entry/versions'>;
type Change = Item<'GET /v1/spaces/:space/changes'>;
type SyncLog = Item<'GET /v1/spaces/:space/entries/:entry/sync-logs'>;
type Diff = Answer<'GET /v1/spaces/:space/entries/:entry/diff'>;
type Blame = Answer<'GET /v1/spaces/:space/entries/:entry/blame'>;

/** How many digits of a commit are shown: enough to name it in any other command. */
const shownDigits = 12;

/** An entry's versions, one per line. */
export function versionsTable(items: readonly Version[]): string {
  return table(
    ['commit', 'when', 'by', 'through', 'what'],
    items.map(({ commit, at, author, via, subject }) => [
      commit.slice(0, shownDigits),
      at,
      author.name,
      via,
      subject,
    ]),
    'No versions in Git yet.',
  );
}

/** A space's changes, one per line. */
export function changesTable(items: readonly Change[]): string {
  return table(
    ['commit', 'when', 'by', 'through', 'kind', 'entry', 'what'],
    items.map(({ commit, at, author, via, kind, entryId, subject }) => [
      commit.slice(0, shownDigits),
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

/** Who wrote each line, with what is not in Git yet said at the end. */
export function blameText({ path, commit, waiting, lines }: Blame): string {
  const width = Math.max(...lines.map(({ author }) => oneLine(author.name).length), 0);
  const digits = String(lines.length).length;
  return [
    `${oneLine(path)} in ${commit.slice(0, shownDigits)}`,
    '',
    ...lines.map(({ commit: sha, author, at, line, text }) =>
      [
        sha.slice(0, shownDigits),
        oneLine(author.name).padEnd(width),
        at.slice(0, 10),
        `${String(line).padStart(digits)}) ${manyLines(text)}`.trimEnd(),
      ].join('  '),
    ),
    ...(waiting
      ? ['', 'There are saves that are not in Git yet: these lines do not have them.']
      : []),
  ].join('\n');
}
