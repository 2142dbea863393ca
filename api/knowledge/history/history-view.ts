import type { EntryVersion } from '../../../db/knowledge/history/history.ts';
import type { SyncLogEntry } from '../../../db/knowledge/sync-logs.ts';

/** A version as the API returns it. */
export function versionView(row: EntryVersion) {
  return {
    commit: row.sha,
    at: row.authoredAt.toISOString(),
    author: row.author,
    via: row.via,
    subject: row.subject,
    path: row.path,
    previousPath: row.previousPath,
    blob: row.blobId,
    removed: row.blobId === null,
  };
}

/** An item of an entry's sync log as the API returns it. */
export function syncLogView(row: SyncLogEntry) {
  return {
    at: row.at.toISOString(),
    direction: row.direction,
    outcome: row.outcome,
    commit: row.commitSha,
    actor: row.actor,
    message: row.message,
  };
}
