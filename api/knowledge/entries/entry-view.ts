import type { Static } from '@fastify/type-provider-typebox';
import type { Entry } from '../../../db/knowledge/entries.ts';
import type { ListedEntry } from '../../../db/knowledge/entry-lists.ts';
import type { VersionAt } from '../../../db/knowledge/history/history.ts';
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';
import { entrySyncStatus } from '../../../model/knowledge/sync-status.ts';
import { entryFailureSeen } from '../spaces/seen-failure.ts';
import type { EntryItem, EntryView } from './entry-schema.ts';

/** An entry as lists show it to a caller who may read these kinds (`null`: all). */
export function entryItem(
  row: Omit<ListedEntry, 'key'>,
  kinds: readonly string[] | null,
): Static<typeof EntryItem> {
  const [problem] = row.problems;
  return {
    ...listedView(row, kinds),
    problem: problem ? { line: problem.line, message: problem.message } : null,
  };
}

function listedView(row: Omit<ListedEntry, 'key'>, kinds: readonly string[] | null) {
  return {
    id: row.id,
    kind: row.kind,
    path: row.movingTo ?? row.path,
    title: row.title,
    fields: row.fields,
    blob: row.headBlob,
    syncStatus: entrySyncStatus(row),
    lastSyncedAt: row.syncedAt?.toISOString() ?? null,
    gitCommitSha: row.commitSha,
    updatedAt: row.updatedAt.toISOString(),
    updatedBy: row.updatedBy,
    failure: entryFailureSeen(row.failure, kinds),
  };
}

/**
 * An entry as it is now, including waiting saves, for a caller who may read these kinds (`null`:
 * all).
 */
export function entryView(
  row: Entry,
  kind: Kind,
  kinds: readonly string[] | null,
): Static<typeof EntryView> {
  const { headText: text, waiting, commitSha: commit } = row;
  // The order of the fields is only in the file, not in the database.
  const read = text === null ? { fields: row.fields, body: '', hints: [] } : readEntry(text, kind);
  return {
    ...listedView(row, kinds),
    fields: read.fields,
    body: read.body,
    text,
    commit: waiting ? null : commit,
    problems: row.problems,
    hints: read.hints,
  };
}

/** An entry as it was in a version (`sha` is `null`: not in Git yet); its sync status is the current one. */
export function versionView(
  row: Entry | null,
  id: string,
  version: Pick<VersionAt, 'kind' | 'path' | 'at'> & { blob: string; sha: string | null },
  { text, kind }: { text: string | null; kind: Kind },
): Static<typeof EntryView> {
  const read =
    text === null
      ? { title: '', fields: {}, body: '', problems: [], hints: [] }
      : readEntry(text, kind);
  return {
    id,
    kind: version.kind,
    path: version.path,
    title: read.title,
    fields: read.fields,
    blob: version.blob,
    syncStatus: row === null ? 'synced' : entrySyncStatus(row),
    lastSyncedAt: row?.syncedAt?.toISOString() ?? null,
    gitCommitSha: version.sha,
    updatedAt: version.at.toISOString(),
    updatedBy: null,
    body: read.body,
    text,
    commit: version.sha,
    problems: read.problems,
    hints: read.hints,
    failure: null,
  };
}
