import { facts, oneLine, table } from '../layout.ts';

/** A space, as the API answers it. */
export interface SpaceItem {
  id: string;
  name: string;
  repository: { url: string; branch: string; credentialId: string | null };
  root: string;
  state: string;
  waitingSaves: number;
  openConflicts: number;
  lastSyncedAt: string | null;
  syncedCommit?: string | null;
  webhook: { scheme: string } | null;
  problems?: { path: string; message: string }[];
  outage?: { since: string; reason: { code: string; message: string } } | null;
}

/** An entry, as lists have it. */
export interface EntryItem {
  id: string;
  kind: string;
  path: string;
  title: string;
  syncStatus: string;
  updatedAt: string;
  updatedBy: string | null;
}

/** Spaces, one a line. */
export function spacesTable(items: readonly SpaceItem[]): string {
  return table(
    ['id', 'state', 'waiting', 'conflicts', 'repository', 'root'],
    items.map(({ id, state, waitingSaves, openConflicts, repository, root }) => [
      id,
      state,
      String(waitingSaves),
      String(openConflicts),
      `${repository.url} ${repository.branch}`,
      root === '' ? '-' : root,
    ]),
    'No spaces. Add one with `gitward knowledge spaces add`.',
  );
}

/** How a space stands. */
export function spaceFacts(space: SpaceItem): string {
  const { repository, outage = null, problems = [], syncedCommit = null } = space;
  return [
    facts([
      ['space', space.id],
      ['name', space.name],
      ['state', space.state],
      ['repository', repository.url],
      ['branch', repository.branch],
      ['root', space.root === '' ? '(the repository)' : space.root],
      ['webhook', space.webhook?.scheme ?? 'none: the branch is looked at every minute'],
      ['waiting', `${space.waitingSaves} save(s)`],
      ['conflicts', space.openConflicts],
      ['synced', space.lastSyncedAt],
      ['commit', syncedCommit],
      ['failing since', outage?.since ?? null],
      ['why', outage === null ? null : `${outage.reason.message} (${outage.reason.code})`],
    ]),
    ...problems.map(({ path, message }) => oneLine(`! ${path}: ${message}`)),
  ].join('\n');
}

/** Entries, one a line. */
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

/** Text from outside with its lines, and without what would steer a terminal. */
export function manyLines(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.split('\t').map(oneLine).join('\t'))
    .join('\n');
}

/** An entry, as the API answers it. */
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

/** What somebody else saved meanwhile, what was to be saved, and what to do; `null` where the problem is another. */
export function staleText(problem: unknown): string | null {
  const { code, theirs, yours } = (problem ?? {}) as {
    code?: string;
    theirs?: { text: string | null } | null;
    yours?: { text: string | null } | null;
  };
  if (code !== 'base_stale') return null;
  return [
    'As it is now:',
    manyLines(theirs?.text ?? '(it was removed)'),
    '',
    'What was to be saved:',
    manyLines(yours?.text ?? '(a removal)'),
    '',
    'Nothing was saved. Look at both, and run the command again: it begins from the entry as it is now.',
  ].join('\n');
}

/** A conflict, as the API answers it. */
export interface ConflictItem {
  id: string;
  entryId: string;
  kind: string;
  path: string;
  createdAt: string;
  mine: { by: string };
  git: { by: string | null; commit: string | null };
  settled: { how: string; by: string; at: string } | null;
  parts?: { id: string; base: unknown; git: unknown; mine: unknown }[];
}

/** Conflicts, one a line. */
export function conflictsTable(items: readonly ConflictItem[]): string {
  return table(
    ['conflict', 'entry', 'kind', 'since', 'mine', 'git'],
    items.map(({ id, entryId, kind, createdAt, mine, git }) => [
      id,
      entryId,
      kind,
      createdAt,
      mine.by,
      git.by ?? '-',
    ]),
    'No open conflicts.',
  );
}

/** A conflict, part by part. */
export function conflictText(conflict: ConflictItem): string {
  const { id, entryId, path, createdAt, mine, git, settled, parts = [] } = conflict;
  return [
    facts([
      ['conflict', id],
      ['entry', entryId],
      ['path', path],
      ['since', createdAt],
      ['mine', mine.by],
      ['git', git.by],
      ['commit', git.commit],
      ['settled', settled && `${settled.how}, by ${settled.by}, at ${settled.at}`],
    ]),
    ...parts.flatMap((part) => [
      '',
      oneLine(part.id),
      sideText('before', part.base),
      sideText('git', part.git),
      sideText('mine', part.mine),
    ]),
    '',
    'Settle it with --take git or --take mine; a choice for each part is made through the API.',
  ].join('\n');
}

function sideText(name: string, value: unknown): string {
  const text = typeof value === 'string' ? manyLines(value) : JSON.stringify(value);
  return `  ${name.padEnd(6)}  ${text.replace(/\n$/, '').replaceAll('\n', `\n${' '.repeat(10)}`)}`;
}

/** A version of an entry, as the API answers it. */
export interface VersionItem {
  commit: string;
  at: string;
  author: { name: string };
  subject: string;
  via: string;
}

/** An entry's versions, one a line. */
export function versionsTable(items: readonly VersionItem[]): string {
  return table(
    ['commit', 'when', 'by', 'through', 'what'],
    items.map(({ commit, at, author, via, subject }) => [commit, at, author.name, via, subject]),
    'No versions in Git yet.',
  );
}

/** A change of a space, as the API answers it. */
export interface ChangeItem extends VersionItem {
  entryId: string;
  kind: string;
  path: string;
}

/** A space's changes, one a line. */
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

/** What happened to an entry, as the API answers it. */
export interface SyncLogItem {
  at: string;
  direction: string;
  outcome: string;
  actor: string | null;
  message: string;
}

/** What happened to an entry, one thing a line. */
export function syncLogTable(items: readonly SyncLogItem[]): string {
  return table(
    ['when', 'way', 'outcome', 'by', 'what'],
    items.map(({ at, direction, outcome, actor, message }) => [
      at,
      direction.replace('_', ' '),
      outcome,
      actor ?? '-',
      message,
    ]),
    'Nothing happened to it yet.',
  );
}

/** A difference, as the API answers it. */
export interface DiffAnswer {
  fields: { field: string; from?: unknown; to?: unknown }[];
  /** `null`: too large to compare. */
  body: string | null;
}

/** What changed: field by field, and the text. */
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
