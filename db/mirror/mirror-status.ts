import { sql } from 'kysely';
import { mirrorStream, type MirrorKey } from '../../model/mirror/ids.ts';
import { streamState, type StreamState } from '../../model/streams/state.ts';
import type { Db } from '../connect.ts';
import type { MirrorRow } from './mirrors.ts';
import { openOutages, type OpenOutage, type OutageFacts } from '../streams/open-outages.ts';
import { readVisibilities, type CheckedVisibility } from '../streams/visibilities.ts';

/** A mirror and how it stands, from the database alone. */
export interface MirrorOverview {
  row: MirrorRow;
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
        'waiting_batches',
      ),
    ])
    .where('m.project_id', '=', page.projectId)
    .orderBy('m.branch_id')
    .limit(page.limit);
  if (page.branchId !== null) query = query.where('m.branch_id', '=', page.branchId);
  if (page.after !== null) query = query.where('m.branch_id', '>', page.after);
  const rows = await query.execute();
  const outages = await openOutages(
    db,
    rows.map((row) => mirrorStream({ projectId: row.project_id, branchId: row.branch_id })),
  );
  const visibilities = await readVisibilities(
    db,
    rows.map((row) => ({
      stream: mirrorStream({ projectId: row.project_id, branchId: row.branch_id }),
      url: row.repository_url,
    })),
  );
  return rows.map(({ unbatched, batched, waiting_batches, ...row }) => {
    const stream = mirrorStream({ projectId: row.project_id, branchId: row.branch_id });
    const outage = outages.get(stream) ?? null;
    return {
      row,
      state: streamState({
        ended: row.ended_at !== null,
        paused: row.paused_at !== null,
        outage: outage && { code: outage.reason.code, escalated: outage.escalated },
        initialized: row.initialized_at !== null,
        undelivered: waiting_batches > 0 || row.resync_reason !== null,
        pendingChanges: unbatched,
      }),
      pendingChanges: unbatched + batched,
      waitingBatches: waiting_batches,
      outage: outage && outageView(outage),
      visibility: visibilities.get(stream) ?? null,
    };
  });
}

function outageView({
  lane,
  since,
  attempts,
  nextAttemptAt,
  notifiedAt,
  reason,
}: OutageFacts): OpenOutage {
  return { lane, since, attempts, nextAttemptAt, notifiedAt, reason };
}
