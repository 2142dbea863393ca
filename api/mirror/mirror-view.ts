import type { MirrorOverview } from '../../db/mirror/mirror-status.ts';
import { repositoryOf } from '../../db/mirror/mirrors.ts';
import { samplesState } from '../../model/mirror/samples.ts';
import type { MirrorView } from './mirror-schema.ts';

const shown = 200;

/** A mirror as it is answered; from the database alone, and without secrets. */
export function mirrorView({
  row,
  state,
  pendingChanges,
  waitingBatches,
  outage,
  visibility,
}: MirrorOverview): MirrorView {
  const { secrets, samples, jobs, storage, branchPath, notify } = row.policy;
  return {
    projectId: row.project_id,
    branchId: row.branch_id,
    state,
    pendingChanges,
    waitingBatches,
    lastSequence: row.last_sequence,
    lastCommit:
      row.delivered_sha !== null && row.delivered_at !== null
        ? { sha: row.delivered_sha, committedAt: row.delivered_at.toISOString() }
        : null,
    outage: outage && {
      lane: outage.lane,
      since: outage.since.toISOString(),
      attempts: outage.attempts,
      nextAttemptAt: outage.nextAttemptAt?.toISOString() ?? null,
      notifiedAt: outage.notifiedAt?.toISOString() ?? null,
      reason: outage.reason,
    },
    repository: repositoryOf(row),
    secrets,
    samples: {
      ...samples,
      ...samplesState(samples, { visibility, initialized: row.initialized_at !== null }),
    },
    visibility: visibility && {
      result: visibility.result,
      reason: visibility.reason,
      checkedAt: visibility.checkedAt.toISOString(),
    },
    jobs,
    storage,
    branchPath,
    notify,
    replacedSecrets: {
      count: row.replaced_secrets.length,
      paths: row.replaced_secrets.slice(0, shown).map(({ path, pointer }) => `${path}#${pointer}`),
    },
    warnings: row.warnings.slice(0, shown),
    resyncReason: row.resync_reason,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    developmentBranches: row.development_branches,
    initializedAt: row.initialized_at?.toISOString() ?? null,
    pausedAt: row.paused_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    endedBecause: row.ended_because,
  };
}
