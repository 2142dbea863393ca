import { sql, type Selectable } from 'kysely';
import type { Db } from '../connect.ts';
import type { SyncLogsTable } from '../schema/knowledge.ts';
import { storableText } from '../storable.ts';

/** What happened to an entry (`null`: to the whole space) between Gitward and Git. */
export interface SyncLogNote {
  entryId: string | null;
  direction: 'to_git' | 'from_git';
  outcome:
    | 'accepted'
    | 'committed'
    | 'read'
    | 'merged'
    | 'conflict'
    | 'settled'
    | 'removed'
    | 'invalid'
    | 'failed';
  commitSha: string | null;
  /** Who did it; `null` if unknown. */
  actor: string | null;
  /** A sentence for people. */
  message: string;
}

const NOTES_A_STATEMENT = 5_000;

/** Writes notes. Pass the transaction of the work they describe. */
export async function recordSyncLog(
  db: Db,
  spaceId: string,
  notes: readonly SyncLogNote[],
): Promise<void> {
  for (let start = 0; start < notes.length; start += NOTES_A_STATEMENT)
    await db
      .insertInto('syncLogs')
      .values(
        notes.slice(start, start + NOTES_A_STATEMENT).map((note) => ({
          spaceId,
          entryId: note.entryId,
          direction: note.direction,
          outcome: note.outcome,
          commitSha: note.commitSha,
          actor: note.actor === null ? null : storableText(note.actor),
          message: storableText(note.message),
        })),
      )
      .execute();
}

/** A stored note. */
export type SyncLogEntry = Selectable<SyncLogsTable>;

/**
 * Lists an entry's notes, newest first. With `kinds`, without those of commits in which the entry
 * had another kind.
 */
export async function listSyncLogs(
  db: Db,
  spaceId: string,
  entryId: string,
  {
    kinds,
    limit,
    before,
  }: {
    /** `null` means all. */
    kinds: readonly string[] | null;
    limit: number;
    /** A note's id. */
    before: number | null;
  },
): Promise<SyncLogEntry[]> {
  let query = db
    .selectFrom('syncLogs')
    .selectAll()
    .where('spaceId', '=', spaceId)
    .where('entryId', '=', entryId);
  if (kinds !== null)
    query = query.where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('entryVersions as v')
            .innerJoin('spaceCommits as c', (join) =>
              join.onRef('c.spaceId', '=', 'v.spaceId').onRef('c.position', '=', 'v.position'),
            )
            .select('v.kind')
            .whereRef('v.spaceId', '=', 'syncLogs.spaceId')
            .whereRef('v.entryId', '=', 'syncLogs.entryId')
            .whereRef('c.sha', '=', 'syncLogs.commitSha')
            .where('v.kind', '<>', sql<string>`ALL (${kinds}::text[])`),
        ),
      ),
    );
  if (before !== null) query = query.where('id', '<', before);
  return query.orderBy('id', 'desc').limit(limit).execute();
}
