import { sql, type RawBuilder } from 'kysely';
import type { MirrorKey } from '../../model/mirror/ids.ts';
import type { Db } from '../connect.ts';

/** The age after which work counts as forgotten, in milliseconds. */
export interface ForgottenAfter {
  /** A change that no batch has taken. */
  change: number;
  /**
   * A batch that was not delivered, or a mirror that needs its first render, a full render, or its
   * end.
   */
  delivery: number;
}

/**
 * Finds the mirrors whose workflow should have started some work long ago, so that it may never
 * have heard of it, or may no longer exist. Paused and ended mirrors have nothing to do. A mirror
 * with an open outage always counts, because a workflow must be there to wait in it.
 */
export async function findForgottenMirrors(
  db: Db,
  after: ForgottenAfter,
): Promise<(MirrorKey & MissedOutage)[]> {
  const { rows } = await sql<MirrorKey & MissedOutage>`
    SELECT m.project_id AS "projectId", m.branch_id AS "branchId",
      ${missesOutage(sql`'mirror/' || m.project_id || '/' || m.branch_id`, after.delivery)}
    FROM mirrors m
    WHERE m.ended_at IS NULL AND m.paused_at IS NULL AND (
      ((m.resync_reason IS NOT NULL OR m.initialized_at IS NULL OR m.ending IS NOT NULL) AND m.updated_at < ${before(after.delivery)})
      OR EXISTS (
        SELECT FROM change_events c
        WHERE c.project_id = m.project_id AND c.branch_id = m.branch_id
          AND c.batch_id IS NULL AND c.delivered_at IS NULL AND c.received_at < ${before(after.change)})
      OR EXISTS (
        SELECT FROM batches b
        WHERE b.stream = 'mirror/' || m.project_id || '/' || m.branch_id
          AND b.state = 'waiting' AND b.created_at < ${before(after.delivery)})
      OR EXISTS (
        SELECT FROM outages o
        WHERE o.stream = 'mirror/' || m.project_id || '/' || m.branch_id AND o.ended_at IS NULL)
    )
    ORDER BY 1, 2`.execute(db);
  return rows;
}

/** Whether a stream's workflow seems not to know of an open outage. */
export interface MissedOutage {
  missesOutage: boolean;
}

/** The age after which a space's work counts as forgotten, in milliseconds. */
export interface SpaceForgottenAfter {
  /** A waiting save. */
  save: number;
  /** The first reading of the branch, or a requested new reading of all its files. */
  reading: number;
  /** The last look at the branch. */
  look: number;
}

/** Like {@link findForgottenMirrors}, for spaces. */
export async function findForgottenSpaces(
  db: Db,
  after: SpaceForgottenAfter,
): Promise<({ id: string } & MissedOutage)[]> {
  const { rows } = await sql<{ id: string } & MissedOutage>`
    SELECT s.id, ${missesOutage(sql`'space/' || s.id`, after.reading)}
    FROM spaces s
    WHERE s.ended_at IS NULL AND s.paused_at IS NULL AND (
      ((s.synced_at IS NULL OR s.reread_wanted) AND s.updated_at < ${before(after.reading)})
      OR s.synced_at < ${before(after.look)}
      OR EXISTS (
        SELECT FROM saves
        WHERE saves.space_id = s.id AND saves.state = 'waiting' AND saves.created_at < ${before(after.save)})
      OR EXISTS (
        SELECT FROM outages o WHERE o.stream = 'space/' || s.id AND o.ended_at IS NULL)
    )
    ORDER BY 1`.execute(db);
  return rows;
}

/**
 * Finds the ids of bulk operations that have not ended and have made no progress for so many
 * milliseconds.
 */
export async function findForgottenOperations(db: Db, after: number): Promise<string[]> {
  const rows = await db
    .selectFrom('operations')
    .select('id')
    .where('state', 'in', ['waiting', 'running'])
    .where('updatedAt', '<', before(after))
    .orderBy('createdAt')
    .execute();
  return rows.map(({ id }) => id);
}

/**
 * Whether a stream has an open outage in which nobody has made the next attempt, though it was due so many milliseconds ago and nothing is being done: its
 * workflow does not know of it, since the database was restored to how it was before it ended.
 */
function missesOutage(stream: RawBuilder<unknown>, after: number): RawBuilder<boolean> {
  return sql<boolean>`EXISTS (
    SELECT FROM outages o
    WHERE o.stream = ${stream} AND o.ended_at IS NULL
      AND coalesce(o.next_attempt_at, o.last_attempt_at) < ${before(after)}
      AND NOT EXISTS (
        SELECT FROM stream_progress p
        WHERE p.stream = o.stream AND p.updated_at > ${before(after)})) AS "missesOutage"`;
}

/** Uses the database's clock, because several machines write these times. */
function before(milliseconds: number) {
  return sql<Date>`now() - make_interval(secs => ${milliseconds / 1_000})`;
}

/** An arbitrary number that identifies the relay among the advisory locks. */
const relayLock = 7_481_923_546;

/**
 * Calls `work` on its own connection while this process holds the relay's lock. If another process
 * holds it, returns `false` without calling it.
 */
export async function holdingRelayLock(db: Db, work: (db: Db) => Promise<void>): Promise<boolean> {
  return db.connection().execute(async (connection) => {
    const { rows } = await sql<{ held: boolean }>`
      SELECT pg_try_advisory_lock(${relayLock}) AS held`.execute(connection);
    if (rows[0]?.held !== true) return false;
    try {
      await work(connection);
    } finally {
      await sql`SELECT pg_advisory_unlock(${relayLock})`.execute(connection);
    }
    return true;
  });
}
