import { sql } from 'kysely';
import { mirrorStream, type MirrorKey } from '../../model/mirror/ids.ts';
import { streamState, type StreamState } from '../../model/streams/state.ts';
import type { Verification } from '../../model/mirror/verification.ts';
import type { Db } from '../connect.ts';
import type { Watching } from '../../model/mirror/feed.ts';
import { listWatching } from './feeds.ts';
import type { Mirror } from './mirrors.ts';
import { listRefusedOf, type StoredRefusal } from '../streams/refused-files.ts';
import { countFindings } from '../streams/secret-findings.ts';
import { openOutages, type OpenOutage } from '../streams/open-outages.ts';
import { listProgress, type ShownProgress } from '../streams/progress.ts';
import { listVisibilities, type CheckedVisibility } from '../streams/visibilities.ts';

/** A mirror and its status, from the database alone. */
export interface MirrorOverview {
  row: Mirror;
  state: StreamState;
  /** Accepted changes that are not in Git yet. */
  pendingChanges: number;
  /** When the oldest of these was accepted. */
  waitingSince: Date | null;
  /** Closed windows that are not in Git yet. */
  waitingBatches: number;
  /** If two outages are open, the one that began first. */
  outage: OpenOutage | null;
  /** Who may read the repository; `null` if this has not been checked yet. */
  visibility: CheckedVisibility | null;
  /** Whether Git equalled the source when they were last compared; `null` if they never were. */
  verification: Pick<Verification, 'outcome' | 'checkedAt'> | null;
  /** How far the long work is that goes on now; `null` if there is none. */
  progress: ShownProgress | null;
  /** The files that the host refuses. */
  refused: StoredRefusal[];
  /** How many secrets were recognised in texts. */
  secretsFound: number;
  /** How it hears of changes that nobody reports; `null` if its platform is not asked for news. */
  watching: Watching | null;
}

/** What waits for the mirror of a row, whose table has the alias `m`. */
export const waitingOfMirror = [
  // Both counts use a partial index of what is waiting, because the table also keeps what was
  // delivered.
  sql<number>`(SELECT count(*) FROM change_events e WHERE e.project_id = m.project_id
    AND e.branch_id = m.branch_id AND e.batch_id IS NULL AND e.delivered_at IS NULL)`.as(
    'unbatched',
  ),
  sql<number>`(SELECT count(*) FROM batches b JOIN change_events e ON e.batch_id = b.id
    WHERE b.stream = 'mirror/' || m.project_id || '/' || m.branch_id AND b.state = 'waiting'
    AND e.delivered_at IS NULL)`.as('batched'),
  sql<number>`(SELECT count(*) FROM batches b
    WHERE b.stream = 'mirror/' || m.project_id || '/' || m.branch_id AND b.state = 'waiting')`.as(
    'waitingBatches',
  ),
  sql<Date | null>`(SELECT min(received_at) FROM change_events e WHERE e.project_id = m.project_id
    AND e.branch_id = m.branch_id AND e.delivered_at IS NULL)`.as('waitingSince'),
];

/** The state of a mirror, from its row, what waits for it, and its oldest open outage. */
export function mirrorState(
  row: Pick<Mirror, 'endedAt' | 'pausedAt' | 'initializedAt' | 'resyncReason'> & {
    unbatched: number;
    waitingBatches: number;
  },
  outage: OpenOutage | null,
): StreamState {
  return streamState({
    ended: row.endedAt !== null,
    paused: row.pausedAt !== null,
    outage: outage && { code: outage.reason.code, escalated: outage.escalated },
    initialized: row.initializedAt !== null,
    undelivered: row.waitingBatches > 0 || row.resyncReason !== null,
    pendingChanges: row.unbatched,
  });
}

/** Reads the status of a mirror, including an ended one; `null` if it does not exist. */
export async function readMirrorOverview(db: Db, key: MirrorKey): Promise<MirrorOverview | null> {
  const [overview] = await overviews(db, {
    projectId: key.projectId,
    branchId: key.branchId,
    after: null,
    limit: 1,
  });
  return overview ?? null;
}

/** Lists a project's mirrors by branch id, starting after `after`. */
export async function listMirrorOverviews(
  db: Db,
  page: { projectId: string; after: string | null; limit: number },
): Promise<MirrorOverview[]> {
  return overviews(db, { ...page, branchId: null });
}

async function overviews(
  db: Db,
  page: { projectId: string; branchId: string | null; after: string | null; limit: number },
): Promise<MirrorOverview[]> {
  let query = db
    .selectFrom('mirrors as m')
    .leftJoin('verifications as v', (join) =>
      join.on(sql`v.stream`, '=', sql`'mirror/' || m.project_id || '/' || m.branch_id`),
    )
    .selectAll('m')
    .select(waitingOfMirror)
    .select(['v.outcome', 'v.checkedAt'])
    .where('m.projectId', '=', page.projectId)
    .orderBy('m.branchId')
    .limit(page.limit);
  if (page.branchId !== null) query = query.where('m.branchId', '=', page.branchId);
  if (page.after !== null) query = query.where('m.branchId', '>', page.after);
  const rows = await query.execute();
  const streams = rows.map(({ projectId, branchId }) => mirrorStream({ projectId, branchId }));
  const outages = await openOutages(db, streams);
  const progress = await listProgress(db, streams);
  const refused = await listRefusedOf(db, streams);
  const secrets = await countFindings(db, streams);
  const watching = await listWatching(db, rows);
  const visibilities = await listVisibilities(
    db,
    rows.map((row) => ({
      stream: mirrorStream({ projectId: row.projectId, branchId: row.branchId }),
      url: row.repositoryUrl,
    })),
  );
  return rows.map(
    ({ unbatched, batched, waitingBatches, waitingSince, outcome, checkedAt, ...row }) => {
      const stream = mirrorStream({ projectId: row.projectId, branchId: row.branchId });
      const outage = outages.get(stream) ?? null;
      return {
        row,
        state: mirrorState({ ...row, unbatched, waitingBatches }, outage),
        pendingChanges: unbatched + batched,
        waitingSince,
        waitingBatches,
        outage,
        visibility: visibilities.get(stream) ?? null,
        verification: outcome && checkedAt && { outcome, checkedAt: checkedAt.toISOString() },
        progress: progress.get(stream) ?? null,
        refused: refused.get(stream) ?? [],
        secretsFound: secrets.get(stream) ?? 0,
        watching: watching.get(stream) ?? null,
      };
    },
  );
}
