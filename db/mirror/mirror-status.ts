import { sql } from 'kysely';
import { mirrorStream, type MirrorKey } from '../../model/mirror/ids.ts';
import { streamState, type StreamState } from '../../model/streams/state.ts';
import type { Db } from '../connect.ts';
import type { Mirror } from './mirrors.ts';
import { openOutages, type OpenOutage } from '../streams/open-outages.ts';
import { listVisibilities, type CheckedVisibility } from '../streams/visibilities.ts';

/** A mirror and how it stands, from the database alone. */
export interface MirrorOverview {
  row: Mirror;
  state: StreamState;
  /** Changes that are accepted and not yet in Git. */
  pendingChanges: number;
  /** Windows that are closed and not yet in Git. */
  waitingBatches: number;
  /** Of two open outages the one that began first. */
  outage: OpenOutage | null;
  /** Who may read the repository; `null` where nobody asked yet. */
  visibility: CheckedVisibility | null;
}

/** The mirror (an ended one too) and how it stands, or `null`. */
export async function readMirrorOverview(db: Db, key: MirrorKey): Promise<MirrorOverview | null> {
  const [overview] = await overviews(db, {
    projectId: key.projectId,
    branchId: key.branchId,
    after: null,
    limit: 1,
  });
  return overview ?? null;
}

/** A project's mirrors in the order of their branches' ids, beginning after `after`. */
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
    .selectAll('m')
    .select([
      // Two counts, each over a partial index of what waits: the table keeps what was delivered too.
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
    ])
    .where('m.projectId', '=', page.projectId)
    .orderBy('m.branchId')
    .limit(page.limit);
  if (page.branchId !== null) query = query.where('m.branchId', '=', page.branchId);
  if (page.after !== null) query = query.where('m.branchId', '>', page.after);
  const rows = await query.execute();
  const outages = await openOutages(
    db,
    rows.map((row) => mirrorStream({ projectId: row.projectId, branchId: row.branchId })),
  );
  const visibilities = await listVisibilities(
    db,
    rows.map((row) => ({
      stream: mirrorStream({ projectId: row.projectId, branchId: row.branchId }),
      url: row.repositoryUrl,
    })),
  );
  return rows.map(({ unbatched, batched, waitingBatches, ...row }) => {
    const stream = mirrorStream({ projectId: row.projectId, branchId: row.branchId });
    const outage = outages.get(stream) ?? null;
    return {
      row,
      state: streamState({
        ended: row.endedAt !== null,
        paused: row.pausedAt !== null,
        outage: outage && { code: outage.reason.code, escalated: outage.escalated },
        initialized: row.initializedAt !== null,
        undelivered: waitingBatches > 0 || row.resyncReason !== null,
        pendingChanges: unbatched,
      }),
      pendingChanges: unbatched + batched,
      waitingBatches,
      outage,
      visibility: visibilities.get(stream) ?? null,
    };
  });
}
