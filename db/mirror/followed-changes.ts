import { sql } from 'kysely';
import type { Change } from '../../model/mirror/events.ts';
import { mirrorStream, type MirrorKey } from '../../model/mirror/ids.ts';
import type { Db } from '../connect.ts';

/** What logs tell of a change: what names it and when it happened, but not what is in it. */
export interface FollowedChange extends Pick<
  Change,
  'projectId' | 'branchId' | 'componentId' | 'versionIdentifier'
> {
  occurredAt: Date;
  receivedAt: Date;
  /** The trace that it belongs to, as `traceparent`. */
  traceparent: string | null;
  /** It is one of so many changes; `null` if the log did not tell of it. */
  loggedOneIn: number | null;
  commitSha: string | null;
  deliveredAt: Date | null;
}

/** Lists the traces of a mirror's changes that no batch has taken, oldest first. */
export async function listTracesOfChanges(db: Db, key: MirrorKey, most: number): Promise<string[]> {
  const rows = await ofMirror(db, key)
    .select('traceparent')
    .where('batchId', 'is', null)
    .where('deliveredAt', 'is', null)
    .where('traceparent', 'is not', null)
    .orderBy('sequence')
    .limit(most)
    .execute();
  return rows.flatMap(({ traceparent }) => traceparent ?? []);
}

/** Lists the traces of what a mirror is about to send, oldest first: of its batches, or else of its changes. */
export async function listTracesToSend(db: Db, key: MirrorKey, most: number): Promise<string[]> {
  const batches = await db
    .selectFrom('batches')
    .select('traceparent')
    .where('stream', '=', mirrorStream(key))
    .where('state', '=', 'waiting')
    .where('traceparent', 'is not', null)
    .orderBy('ordinal')
    .limit(most)
    .execute();
  const traces = batches.flatMap(({ traceparent }) => traceparent ?? []);
  return traces.length > 0 ? traces : listTracesOfChanges(db, key, most);
}

/** Lists the changes of a batch that the log tells of, in order. */
export async function listFollowedOfBatch(
  db: Db,
  key: MirrorKey,
  batchId: string,
): Promise<FollowedChange[]> {
  return followed(db, key).where('batchId', '=', batchId).execute();
}

/** Lists the mirror's changes that were delivered from this time on and that the log tells of, in order. */
export async function listFollowedDelivered(
  db: Db,
  key: MirrorKey,
  since: Date,
): Promise<FollowedChange[]> {
  return followed(db, key).where('deliveredAt', '>=', since).execute();
}

/** Whether any of the mirror's changes was delivered from this time on. */
export async function hasDelivered(db: Db, key: MirrorKey, since: Date): Promise<boolean> {
  const row = await ofMirror(db, key)
    .select('sequence')
    .where('deliveredAt', '>=', since)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * From now on, the log tells of all of the mirror's changes that are not delivered, of so many at most. Returns those
 * of which it had told nothing so far, in order.
 */
export async function followUndelivered(
  db: Db,
  key: MirrorKey,
  most: number,
): Promise<FollowedChange[]> {
  const { rows } = await sql<FollowedChange & { sequence: number }>`
    UPDATE change_events e SET logged_one_in = 1
    FROM (
      SELECT sequence, logged_one_in FROM change_events
      WHERE project_id = ${key.projectId} AND branch_id = ${key.branchId}
        AND delivered_at IS NULL AND logged_one_in IS DISTINCT FROM 1
      ORDER BY sequence LIMIT ${most} FOR UPDATE
    ) before
    WHERE e.project_id = ${key.projectId} AND e.branch_id = ${key.branchId}
      AND e.sequence = before.sequence
    RETURNING e.sequence, e.project_id, e.branch_id, e.component_id, e.version_identifier, e.occurred_at,
      e.received_at, e.traceparent, before.logged_one_in, e.commit_sha, e.delivered_at`.execute(db);
  return rows
    .filter(({ loggedOneIn }) => loggedOneIn === null)
    .sort((a, b) => a.sequence - b.sequence);
}

const columns = [
  'projectId',
  'branchId',
  'componentId',
  'versionIdentifier',
  'occurredAt',
  'receivedAt',
  'traceparent',
  'loggedOneIn',
  'commitSha',
  'deliveredAt',
] as const;

/** The mirror's changes that the log tells of, in order. */
function followed(db: Db, key: MirrorKey) {
  return ofMirror(db, key).select(columns).where('loggedOneIn', 'is not', null).orderBy('sequence');
}

function ofMirror(db: Db, { projectId, branchId }: MirrorKey) {
  return db
    .selectFrom('changeEvents')
    .where('projectId', '=', projectId)
    .where('branchId', '=', branchId);
}

/** Counts the changes of all mirrors that are not delivered; counting ends at `most`. */
export async function countBacklog(db: Db, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::integer AS count FROM (
      SELECT FROM change_events WHERE delivered_at IS NULL LIMIT ${most}
    ) undelivered`.execute(db);
  return rows[0]?.count ?? 0;
}
