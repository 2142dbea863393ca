import { sql, type RawBuilder } from 'kysely';
import { mirrorStream, type MirrorKey } from '../../model/mirror/ids.ts';
import {
  feedPatience,
  type FeedKind,
  type FeedState,
  type Watching,
} from '../../model/mirror/feed.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import type { Db } from '../connect.ts';
import { storableText } from '../storable.ts';

/** Names a feed; the branch of a feed of jobs is `''`. */
export interface FeedKey {
  projectId: string;
  kind: FeedKind;
  branchId: string;
}

/** A feed that was claimed to be asked. */
export interface ClaimedFeed extends FeedKey {
  /** Tells this claim from others. */
  claim: string;
  cursor: string | null;
  state: FeedState;
  failures: number;
  /** How long it has had no news, in milliseconds. */
  quietFor: number;
  /** Whether it is time to look at the rights of the project's token. */
  checkDue: boolean;
  /** Without a cursor: since when its mirrors have to know; `null` if nobody can say. */
  since: Date | null;
  defaultBranchId: string | null;
  /** When the project's source was last changed: an opened source is of this time. */
  projectUpdatedAt: Date;
}

/** What became of asking a feed. */
export interface FeedResult extends FeedKey {
  /** As it was claimed. */
  claim: string;
  /** The cursor to go on with. */
  cursor: string | null;
  state: FeedState;
  message: string | null;
  failures: number;
  /** Milliseconds. */
  askAgainIn: number;
  answered: boolean;
  news: boolean;
  checked: boolean;
  /** Whether something may be missing. */
  gap: boolean;
}

/** The stacks with projects of these platforms that nobody has watched for so many milliseconds. */
export async function listUnwatchedStacks(
  db: Db,
  sourceKinds: readonly string[],
  after: number,
): Promise<string[]> {
  const { rows } = await sql<{ stack: string }>`
    SELECT DISTINCT p.stack FROM projects p JOIN mirrors m ON m.project_id = p.id
    WHERE ${watched(sourceKinds)}
      AND NOT EXISTS (
        SELECT FROM watched_stacks w WHERE w.stack = p.stack AND w.asked_at > ${before(after)})
    ORDER BY p.stack`.execute(db);
  return rows.map(({ stack }) => stack);
}

/**
 * Gives each active mirror of a stack its feeds, and takes those away that nobody needs any more. Returns how many there are,
 * and notes that the stack is watched.
 */
export async function keepFeeds(
  db: Db,
  stack: string,
  sourceKinds: readonly string[],
): Promise<number> {
  const wanted = sql`
    SELECT m.project_id, 'events' AS kind, m.branch_id
    FROM projects p JOIN mirrors m ON m.project_id = p.id
    WHERE p.stack = ${stack} AND ${watched(sourceKinds)}
    UNION
    SELECT m.project_id, 'jobs', ''
    FROM projects p JOIN mirrors m ON m.project_id = p.id
    WHERE p.stack = ${stack} AND ${watched(sourceKinds)}
      AND (m.policy #> '{jobs,enabled}')::boolean`;
  const { rows } = await sql<{ count: number }>`
    WITH wanted AS (${wanted}),
    unwanted AS (
      ${lockedInOrder(sql`f.project_id IN (SELECT id FROM projects WHERE stack = ${stack})
        AND (f.project_id, f.kind, f.branch_id) NOT IN (SELECT * FROM wanted)`)}),
    removed AS (
      DELETE FROM feeds f USING unwanted u
      WHERE (f.project_id, f.kind, f.branch_id) = (u.project_id, u.kind, u.branch_id)),
    added AS (
      INSERT INTO feeds (project_id, kind, branch_id)
      SELECT w.* FROM wanted w
      WHERE NOT EXISTS (
        SELECT FROM feeds f
        WHERE f.project_id = w.project_id AND f.kind = w.kind AND f.branch_id = w.branch_id)
      ON CONFLICT DO NOTHING),
    noted AS (
      INSERT INTO watched_stacks (stack, asked_at) VALUES (${stack}, now())
      ON CONFLICT (stack) DO UPDATE SET asked_at = now())
    SELECT count(*)::int AS count FROM wanted`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Notes that nobody watches a stack any more. */
export async function forgetStack(db: Db, stack: string): Promise<void> {
  await db.deleteFrom('watchedStacks').where('stack', '=', stack).execute();
}

/** Times are milliseconds. */
export interface ClaimOptions {
  limit: number;
  /** Feeds are claimed that are due within this time. */
  within: number;
  /** How long nobody else gets them. */
  lease: number;
  /** How often the rights of a token are looked at. */
  checkEvery: number;
}

/** Claims feeds of a stack that are due. Those that have waited longest come first. */
export async function claimFeeds(
  db: Db,
  stack: string,
  { limit, within, lease, checkEvery }: ClaimOptions,
): Promise<ClaimedFeed[]> {
  const { rows } = await sql<ClaimedFeed>`
    WITH due AS (
      SELECT f.project_id, f.kind, f.branch_id FROM feeds f JOIN projects p ON p.id = f.project_id
      WHERE p.stack = ${stack} AND f.next_ask_at <= now() + make_interval(secs => ${within / 1_000})
        AND (f.leased_until IS NULL OR f.leased_until <= now())
      ORDER BY f.next_ask_at
      LIMIT ${limit}
      FOR UPDATE OF f SKIP LOCKED)
    UPDATE feeds f SET leased_until = now() + make_interval(secs => ${lease / 1_000})
    FROM due JOIN projects p ON p.id = due.project_id
    WHERE f.project_id = due.project_id AND f.kind = due.kind AND f.branch_id = due.branch_id
    RETURNING f.project_id AS "projectId", f.kind, f.branch_id AS "branchId",
      ${claimOf} AS claim, f.cursor, f.state,
      f.failures, extract(epoch FROM now() - f.news_at)::float8 * 1000 AS "quietFor",
      f.checked_at IS NULL OR f.checked_at < ${before(checkEvery)} AS "checkDue",
      (SELECT min(m.created_at) FROM mirrors m
        WHERE m.project_id = f.project_id AND f.branch_id IN ('', m.branch_id)
          AND m.ended_at IS NULL AND m.created_at > now() - interval '1 hour') AS since,
      p.default_branch_id AS "defaultBranchId", p.updated_at AS "projectUpdatedAt"`.execute(db);
  return rows;
}

/**
 * Stores what became of asking feeds, and ends the claims on them. A feed that somebody else has claimed meanwhile, or that is to be asked
 * anew, stays as it is.
 */
export async function noteResults(db: Db, results: readonly FeedResult[]): Promise<void> {
  if (results.length === 0) return;
  await sql`
    WITH r AS (
      SELECT * FROM unnest(
        ${results.map(({ projectId }) => projectId)}::text[],
        ${results.map(({ kind }) => kind)}::text[],
        ${results.map(({ branchId }) => branchId)}::text[],
        ${results.map(({ claim }) => claim)}::text[],
        ${results.map(({ cursor }) => cursor)}::text[],
        ${results.map(({ state }) => state)}::text[],
        ${results.map(({ message }) => (message === null ? null : storableText(message)))}::text[],
        ${results.map(({ failures }) => failures)}::int[],
        ${results.map(({ askAgainIn }) => askAgainIn)}::float8[],
        ${results.map(({ answered }) => answered)}::boolean[],
        ${results.map(({ news }) => news)}::boolean[],
        ${results.map(({ checked }) => checked)}::boolean[],
        ${results.map(({ gap }) => gap)}::boolean[]
      ) AS r (project_id, kind, branch_id, claim, cursor, state, message, failures, ask_again_in,
        answered, news, checked, gap)),
    locked AS (
      ${lockedInOrder(sql`(f.project_id, f.kind, f.branch_id) IN (SELECT project_id, kind, branch_id FROM r)`)})
    UPDATE feeds f SET
      state = r.state, cursor = r.cursor, message = r.message, failures = r.failures,
      next_ask_at = now() + make_interval(secs => r.ask_again_in / 1000.0),
      leased_until = NULL,
      answered_at = CASE WHEN r.answered THEN now() ELSE f.answered_at END,
      news_at = CASE WHEN r.news THEN now() ELSE f.news_at END,
      checked_at = CASE WHEN r.checked THEN now() ELSE f.checked_at END,
      gaps = least(f.gaps + r.gap::int, 1000000)
    FROM r JOIN locked l USING (project_id, kind, branch_id)
    WHERE f.project_id = r.project_id AND f.kind = r.kind AND f.branch_id = r.branch_id
      AND ${claimOf} = r.claim`.execute(db);
}

/** A feed from which something may be missing, with how often that was noted. */
export interface Gap extends FeedKey {
  gaps: number;
}

/**
 * The feeds of a stack from which something may be missing, if their mirrors were not compared with the platform for so many
 * milliseconds because of that.
 */
export async function listGaps(db: Db, stack: string, after: number): Promise<Gap[]> {
  const { rows } = await sql<Gap>`
    SELECT f.project_id AS "projectId", f.kind, f.branch_id AS "branchId", f.gaps
    FROM feeds f JOIN projects p ON p.id = f.project_id
    WHERE p.stack = ${stack} AND f.gaps > 0
      AND (f.compared_at IS NULL OR f.compared_at < ${before(after)})`.execute(db);
  return rows;
}

/** Notes that everything was asked for in which something was missing from a feed when it was listed. */
export async function closeGap(db: Db, { projectId, kind, branchId, gaps }: Gap): Promise<void> {
  await db
    .updateTable('feeds')
    .set({ gaps: sql<number>`greatest(0, gaps - ${gaps})`, comparedAt: sql<Date>`now()` })
    .where('projectId', '=', projectId)
    .where('kind', '=', kind)
    .where('branchId', '=', branchId)
    .execute();
}

/** In how many milliseconds the next feed of a stack is due; `null` if it has none. */
export async function nextFeedIn(db: Db, stack: string): Promise<number | null> {
  const { rows } = await sql<{ wait: number | null }>`
    SELECT extract(epoch FROM
      min(greatest(f.next_ask_at, f.leased_until)) - now())::float8 * 1000 AS wait
    FROM feeds f JOIN projects p ON p.id = f.project_id
    WHERE p.stack = ${stack}`.execute(db);
  const wait = rows[0]?.wait ?? null;
  return wait === null ? null : Math.max(0, wait);
}

/** Has the feeds of a project asked at once, since its token is another; from another address, they begin anew. */
export async function askAnew(db: Db, projectId: string, movedAway: boolean): Promise<void> {
  await sql`
    WITH locked AS (${lockedInOrder(sql`f.project_id = ${projectId}`)})
    UPDATE feeds f SET state = 'new', message = NULL, failures = 0, checked_at = NULL, leased_until = NULL,
      next_ask_at = now(), cursor = CASE WHEN ${movedAway} THEN NULL ELSE f.cursor END
    FROM locked l
    WHERE (f.project_id, f.kind, f.branch_id) = (l.project_id, l.kind, l.branch_id)`.execute(db);
}

/**
 * The projects that need a catch-up: those with a mirror that has not ended, and whether their feeds tell of every change. A mirror is
 * not relied on to hear of everything in its first hour.
 */
export async function listMirroredProjects(
  db: Db,
): Promise<{ projectId: string; watched: boolean }[]> {
  const { rows } = await sql<{ projectId: string; watched: boolean }>`
    SELECT p.project_id AS "projectId",
      coalesce(bool_and(f.project_id IS NOT NULL AND ${tells}
        AND coalesce(p.initialized_at < now() - interval '1 hour', false)), false)
        AND NOT EXISTS (
          SELECT FROM feeds f WHERE f.project_id = p.project_id AND f.kind = 'jobs' AND NOT (${tells}))
        AS watched
    FROM mirrors p
    LEFT JOIN feeds f ON f.project_id = p.project_id AND f.kind = 'events' AND f.branch_id = p.branch_id
    WHERE p.ended_at IS NULL AND p.paused_at IS NULL
    GROUP BY p.project_id
    UNION ALL
    SELECT DISTINCT m.project_id, false FROM mirrors m
    WHERE m.ended_at IS NULL AND NOT EXISTS (
      SELECT FROM mirrors a
      WHERE a.project_id = m.project_id AND a.ended_at IS NULL AND a.paused_at IS NULL)
    ORDER BY 1`.execute(db);
  return rows;
}

/** How many feeds are in each state. */
export async function countFeeds(db: Db): Promise<Record<FeedState, number>> {
  const rows = await db
    .selectFrom('feeds')
    .select(['state', sql<number>`count(*)::int`.as('feeds')])
    .groupBy('state')
    .execute();
  const counts = { new: 0, works: 0, limited: 0, refused: 0, missing: 0, failing: 0 };
  for (const { state, feeds } of rows) counts[state] = feeds;
  return counts;
}

/** How mirrors hear of changes; those that are not in the answer are not watched. */
export async function listWatching(
  db: Db,
  mirrors: readonly MirrorKey[],
): Promise<Map<StreamId, Watching>> {
  if (mirrors.length === 0) return new Map();
  const { rows } = await sql<
    MirrorKey & { state: FeedState; message: string | null; answeredAt: Date | null; late: boolean }
  >`
    SELECT m.project_id AS "projectId", m.branch_id AS "branchId", f.state, f.message,
      f.answered_at AS "answeredAt", NOT (${tells}) AS late
    FROM unnest(
      ${mirrors.map(({ projectId }) => projectId)}::text[],
      ${mirrors.map(({ branchId }) => branchId)}::text[]) AS m (project_id, branch_id)
    JOIN feeds f ON f.project_id = m.project_id AND f.branch_id IN ('', m.branch_id)
    JOIN mirrors own ON own.project_id = m.project_id AND own.branch_id = m.branch_id
    WHERE f.kind = 'events' OR (own.policy #> '{jobs,enabled}')::boolean
    ORDER BY 1, 2, f.kind`.execute(db);
  const found = new Map<StreamId, Watching>();
  for (const row of rows) {
    const stream = mirrorStream(row);
    const before = found.get(stream);
    // What holds for the events comes first; the jobs count only if they are what is wrong.
    if (before !== undefined && (before.state !== 'watching' || !row.late)) continue;
    found.set(stream, watchingOf(row));
  }
  return found;
}

function watchingOf(feed: {
  state: FeedState;
  message: string | null;
  answeredAt: Date | null;
  late: boolean;
}): Watching {
  const answeredAt = feed.answeredAt?.toISOString() ?? null;
  if (feed.state === 'new') return { state: 'starting', reason: null, answeredAt };
  const state = feed.late ? 'catch_up' : 'watching';
  return { state, reason: feed.message, answeredAt };
}

/** Tells the claim on a row `f` from every other. */
const claimOf = sql<string>`extract(epoch FROM f.leased_until)::text`;

/** Selects the keys of these feeds, and locks them in the order in which everybody does who changes several: else two could wait for each other. */
function lockedInOrder(which: RawBuilder<unknown>) {
  return sql`SELECT f.project_id, f.kind, f.branch_id FROM feeds f WHERE ${which}
    ORDER BY f.project_id, f.kind, f.branch_id FOR UPDATE`;
}

/** Whether the feed of a row `f` tells of changes, or did until a moment ago. */
const tells = sql<boolean>`f.state IN ('works', 'failing') AND coalesce(f.answered_at, '-infinity') > ${before(feedPatience)}`;

/** Whether the mirror of a row `m` of the project `p` is one that is watched. */
function watched(sourceKinds: readonly string[]) {
  return sql<boolean>`p.source_kind = ANY (${sourceKinds}::text[]) AND p.stack IS NOT NULL
    AND m.ended_at IS NULL AND m.paused_at IS NULL`;
}

/** Uses the database's clock, because several machines write these times. */
function before(milliseconds: number) {
  return sql<Date>`now() - make_interval(secs => ${milliseconds / 1_000})`;
}
