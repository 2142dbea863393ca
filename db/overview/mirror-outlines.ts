import { sql } from 'kysely';
import { mirrorStream, type MirrorKey } from '../../model/mirror/ids.ts';
import type { StreamState } from '../../model/streams/state.ts';
import type { Db } from '../connect.ts';
import { openOutages, type OpenOutage } from '../streams/open-outages.ts';
import { listVisibilities, type CheckedVisibility } from '../streams/visibilities.ts';
import { mirrorState, waitingOfMirror } from '../mirror/mirror-status.ts';
import type { Mirror } from '../mirror/mirrors.ts';

const columns = [
  'm.projectId',
  'm.branchId',
  'm.repositoryUrl',
  'm.repositoryBranch',
  'm.subdirectory',
  'm.resyncReason',
  'm.deliveredSha',
  'm.deliveredAt',
  'm.initializedAt',
  'm.pausedAt',
  'm.endedAt',
  'm.endedBecause',
  'm.ending',
] as const;

type Column<C extends string> = C extends `m.${infer Name extends keyof Mirror}` ? Name : never;

/** What a list of all mirrors shows of one, without its policy and warnings. */
export interface MirrorOutline {
  row: Pick<Mirror, Column<(typeof columns)[number]>>;
  projectName: string;
  /** Whether it is the mirror of its project's default branch. */
  isDefault: boolean;
  samplesEnabled: boolean;
  state: StreamState;
  pendingChanges: number;
  /** When the oldest of these was accepted. */
  waitingSince: Date | null;
  outage: OpenOutage | null;
  visibility: CheckedVisibility | null;
}

/** Which mirrors {@link listMirrorOutlines} lists. */
export interface MirrorOutlinesWanted {
  /** Only mirrors of these projects; `null`: of all. */
  projects: readonly string[] | null;
  /** Only these mirrors; `null`: all. */
  keys: readonly MirrorKey[] | null;
  /** Not those that ended before this. */
  endedSince: Date;
  limit: number;
}

/** Lists mirrors of all projects with their status, in three queries however many there are. */
export async function listMirrorOutlines(
  db: Db,
  { projects, keys, endedSince, limit }: MirrorOutlinesWanted,
): Promise<MirrorOutline[]> {
  let query = db
    .selectFrom('mirrors as m')
    .innerJoin('projects as p', 'p.id', 'm.projectId')
    .select(columns)
    .select([
      'p.name as projectName',
      sql<boolean>`m.branch_id IS NOT DISTINCT FROM p.default_branch_id`.as('isDefault'),
      sql<boolean>`coalesce((m.policy->'samples'->>'enabled')::boolean, false)`.as(
        'samplesEnabled',
      ),
    ])
    .select(waitingOfMirror)
    .select(
      sql<Date | null>`(SELECT min(received_at) FROM change_events e WHERE e.project_id = m.project_id
        AND e.branch_id = m.branch_id AND e.delivered_at IS NULL)`.as('waitingSince'),
    )
    .where((eb) => eb.or([eb('m.endedAt', 'is', null), eb('m.endedAt', '>=', endedSince)]))
    .orderBy('m.projectId')
    .orderBy('m.branchId')
    .limit(limit);
  if (projects !== null)
    query = query.where('m.projectId', '=', sql<string>`ANY (${projects}::text[])`);
  if (keys !== null)
    query = query.where(
      sql<boolean>`(m.project_id, m.branch_id) IN (SELECT * FROM unnest(
        ${keys.map(({ projectId }) => projectId)}::text[], ${keys.map(({ branchId }) => branchId)}::text[]))`,
    );
  const rows = await query.execute();
  const [outages, visibilities] = await Promise.all([
    openOutages(db, rows.map(mirrorStream)),
    listVisibilities(
      db,
      rows
        .filter(({ samplesEnabled }) => samplesEnabled)
        .map((row) => ({ stream: mirrorStream(row), url: row.repositoryUrl })),
    ),
  ]);
  return rows.map((found) => {
    const { projectName, isDefault, samplesEnabled, waitingSince, ...rest } = found;
    const { unbatched, batched, waitingBatches, ...row } = rest;
    const outage = outages.get(mirrorStream(row)) ?? null;
    return {
      ...{ row, projectName, isDefault, samplesEnabled, outage },
      state: mirrorState({ ...row, unbatched, waitingBatches }, outage),
      pendingChanges: unbatched + batched,
      waitingSince,
      visibility: visibilities.get(mirrorStream(row)) ?? null,
    };
  });
}
