import { sql, type RawBuilder } from 'kysely';
import { spaceStream } from '../../model/knowledge/ids.ts';
import { streamState, type StreamState } from '../../model/streams/state.ts';
import type { Db } from '../connect.ts';
import { entryIsOneOf } from './entries.ts';
import { isHeldEntry } from './waiting-saves.ts';
import { openOutages, type OpenOutage } from '../streams/open-outages.ts';
import { findSpace, type Space } from './spaces.ts';
import { listVisibilities, type CheckedVisibility } from '../streams/visibilities.ts';

/** The kinds of a space that somebody may read; `null` means all. */
export type KindsSeen = readonly string[] | null;

/** A space and its status, from the database alone, as far as it is about the kinds that somebody may read. */
export interface SpaceOverview extends SpaceStatus<Space> {
  /** How many entries of each kind there are, including waiting saves. */
  entries: ReadonlyMap<string, number>;
  /** Who may read the repository; `null` if this has not been checked yet. */
  visibility: CheckedVisibility | null;
}

/** Reads the status of a space, including an ended one; `null` if it does not exist. */
export async function readSpaceOverview(
  db: Db,
  id: string,
  kinds: KindsSeen,
): Promise<SpaceOverview | null> {
  const row = await findSpace(db, id);
  if (row === null) return null;
  const [overview] = await listSpaceOverviews(db, [row], () => kinds);
  return overview ?? null;
}

/** Lists the status of these spaces, in the same order; `seen` returns the kinds to tell about. */
export async function listSpaceOverviews(
  db: Db,
  rows: readonly Space[],
  seen: (spaceId: string) => KindsSeen,
): Promise<SpaceOverview[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const [statuses, entries, visibilities] = await Promise.all([
    listSpaceStatuses(db, rows, seen),
    countEntries(db, ids),
    listVisibilities(
      db,
      rows.map((row) => ({ stream: spaceStream(row.id), url: row.repositoryUrl })),
    ),
  ]);
  return statuses.map((status) => {
    const { row, kinds } = status;
    const counts = [...(entries.get(row.id) ?? [])];
    return {
      ...status,
      entries: new Map(counts.filter(([kind]) => kinds?.includes(kind) ?? true)),
      visibility: visibilities.get(spaceStream(row.id)) ?? null,
    };
  });
}

/** What {@link listSpaceStatuses} needs of a space's row. */
type StatusColumns = Pick<Space, 'id' | 'endedAt' | 'pausedAt' | 'syncedAt'>;

/** A space's state and what waits in it: the part of an overview that does not count entries. */
export interface SpaceStatus<Row extends StatusColumns> {
  row: Row;
  kinds: KindsSeen;
  state: StreamState;
  /** Accepted saves that are not in Git yet. */
  waitingSaves: number;
  /** When the oldest of these was accepted. */
  waitingSince: Date | null;
  /** Of these, those that wait for a person. */
  heldSaves: number;
  openConflicts: number;
  /** Reviews that go on. */
  openReviews: number;
  outage: OpenOutage | null;
}

/** Like {@link listSpaceOverviews}, in two queries that do not get slower with the number of entries. */
export async function listSpaceStatuses<Row extends StatusColumns>(
  db: Db,
  rows: readonly Row[],
  seen: (spaceId: string) => KindsSeen,
): Promise<SpaceStatus<Row>[]> {
  if (rows.length === 0) return [];
  const [waiting, outages] = await Promise.all([
    countWaiting(
      db,
      rows.map(({ id }) => ({ id, kinds: seen(id) })),
    ),
    openOutages(
      db,
      rows.map(({ id }) => spaceStream(id)),
    ),
  ]);
  return rows.map((row) => {
    const outage = outages.get(spaceStream(row.id)) ?? null;
    const { saves, since, held, batches, conflicts, reviews } = waiting.get(row.id) ?? nothing;
    return {
      row,
      kinds: seen(row.id),
      state: streamState({
        ended: row.endedAt !== null,
        paused: row.pausedAt !== null,
        outage: outage && { code: outage.reason.code, escalated: outage.escalated },
        initialized: row.syncedAt !== null,
        undelivered: batches > 0,
        pendingChanges: saves - held,
      }),
      waitingSaves: saves,
      waitingSince: since,
      heldSaves: held,
      openConflicts: conflicts,
      openReviews: reviews,
      outage,
    };
  });
}

interface Waiting {
  id: string;
  saves: number;
  /** When the oldest of these was accepted. */
  since: Date | null;
  /** Of these, those that wait for a person. */
  held: number;
  /** Batches with saves that are not held. */
  batches: number;
  conflicts: number;
  /** Reviews of which everything is seen, as in `listReviews`. */
  reviews: number;
}

const nothing: Omit<Waiting, 'id'> = {
  saves: 0,
  since: null,
  held: 0,
  batches: 0,
  conflicts: 0,
  reviews: 0,
};

async function countWaiting(
  db: Db,
  seen: readonly { id: string; kinds: KindsSeen }[],
): Promise<Map<string, Waiting>> {
  const ids = seen.map(({ id }) => id);
  // PostgreSQL has no arrays of arrays of different lengths. The names of kinds have no commas.
  const lists = seen.map(({ kinds }) => kinds?.join(',') ?? null);
  const { rows } = await sql<Waiting>`
    SELECT s.id,
      (SELECT count(*) FROM saves w
        WHERE w.space_id = s.id AND w.state = 'waiting' AND ${isSeen('w')}) AS saves,
      (SELECT min(w.created_at) FROM saves w
        WHERE w.space_id = s.id AND w.state = 'waiting' AND ${isSeen('w')}) AS since,
      (SELECT count(*) FROM saves w
        JOIN entries e ON e.space_id = w.space_id AND e.id = w.entry_id
        WHERE w.space_id = s.id AND w.state = 'waiting' AND ${isHeldEntry} AND ${isSeen('w')}) AS held,
      (SELECT count(*) FROM batches b
        WHERE b.stream = 'space/' || s.id AND b.state = 'waiting'
          AND (s.kinds IS NULL
            OR EXISTS (
              SELECT FROM saves w
              WHERE w.batch_id = b.id AND w.state = 'waiting' AND ${isSeen('w')}))
          AND NOT EXISTS (
            SELECT FROM saves w
            JOIN entries e ON e.space_id = w.space_id AND e.id = w.entry_id
            WHERE w.batch_id = b.id AND w.state = 'waiting' AND ${isHeldEntry})) AS batches,
      (SELECT count(*) FROM conflicts c
        WHERE c.space_id = s.id AND c.settled IS NULL AND ${isSeen('c')}) AS conflicts,
      (SELECT count(*) FROM reviews r
        WHERE r.space_id = s.id AND r.ended_at IS NULL
          AND (s.kinds IS NULL OR (r.kinds <@ s.kinds AND r.kinds <> '{}'))) AS reviews
    FROM (
      SELECT id, string_to_array(list, ',') AS kinds
      FROM unnest(${ids}::text[], ${lists}::text[]) AS given (id, list)
    ) s`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Whether a row of saves or conflicts is about a kind that is seen (`s.kinds`), then and now. */
function isSeen(alias: string): RawBuilder<boolean> {
  const kind = sql.ref(`${alias}.kind`);
  return sql<boolean>`(s.kinds IS NULL
    OR (${kind} = ANY (s.kinds) AND ${entryIsOneOf(alias, sql`s.kinds`)}))`;
}

async function countEntries(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, Map<string, number>>> {
  const rows = await db
    .selectFrom('entries')
    .select(['spaceId', 'kind', (eb) => eb.fn.countAll<number>().as('count')])
    .where('spaceId', 'in', ids)
    // An entry without a head is waiting to be removed.
    .where('headBlob', 'is not', null)
    .groupBy(['spaceId', 'kind'])
    .orderBy('kind')
    .execute();
  const counts = new Map<string, Map<string, number>>(ids.map((id) => [id, new Map()]));
  for (const { spaceId, kind, count } of rows) counts.get(spaceId)?.set(kind, count);
  return counts;
}
