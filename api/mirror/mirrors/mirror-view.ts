import type { MirrorOverview } from '../../../db/mirror/mirror-status.ts';
import { repositoryOf, settingsVersion } from '../../../db/mirror/mirrors.ts';
import { mirrorReason } from '../../../model/mirror/mirror-reason.ts';
import { samplesState } from '../../../model/mirror/samples.ts';
import { commitView } from '../../streams/commit-schema.ts';
import { secretSettingsOf } from '../../streams/secrets-schema.ts';
import { lastCommitView, outageView, visibilityView } from '../../streams/stream-view.ts';
import type { MirrorView } from './mirror-schema.ts';
import { notifyView } from '../../streams/channels/notify-schema.ts';

const shown = 200;

/** A mirror as the API returns it; needs only the database and contains no secrets. */
export function mirrorView({
  row,
  state,
  pendingChanges,
  waitingBatches,
  waitingSince,
  outage,
  visibility,
  verification,
  progress,
  refused,
  secretsFound,
  watching,
}: MirrorOverview): MirrorView {
  const { secrets, samples, jobs, storage, branchPath, notify, commits = {} } = row.policy;
  // Of a file of which several contents were refused, the newest.
  const files = [...new Map(refused.map((file) => [file.path, file])).values()];
  return {
    projectId: row.projectId,
    branchId: row.branchId,
    state,
    reason: mirrorReason({
      ...{ state, waiting: pendingChanges, resyncReason: row.resyncReason, ending: row.ending },
      ...{ endedBecause: row.endedBecause, samplesEnabled: samples.enabled, visibility },
      outage: outage && { lane: outage.lane, code: outage.reason.code },
    }),
    waitingSince: waitingSince?.toISOString() ?? null,
    pendingChanges,
    waitingBatches,
    lastSequence: row.lastSequence,
    lastCommit: lastCommitView(row),
    outage: outage && { lane: outage.lane, ...outageView(outage) },
    progress: progress && { ...progress, since: progress.since.toISOString() },
    repository: repositoryOf(row),
    secrets,
    ...secretSettingsOf(row.policy),
    samples: {
      ...samples,
      ...samplesState(samples, { visibility, initialized: row.initializedAt !== null }),
    },
    visibility: visibilityView(visibility),
    jobs,
    storage,
    branchPath,
    verification,
    watch: watching,
    notify: notifyView(notify),
    commits: {
      ...commitView(commits),
      authors: commits.authors ?? [],
      noReply: commits.noReply ?? false,
    },
    attributes: row.policy.attributes ?? false,
    drift: row.policy.drift ?? 'report',
    newBranch: row.policy.newBranch ?? 'empty',
    replacedSecrets: {
      count: row.replacedSecrets.length,
      paths: row.replacedSecrets.slice(0, shown).map(({ path, pointer }) => `${path}#${pointer}`),
    },
    secretsFound,
    warnings: row.warnings.slice(0, shown),
    refused: {
      count: files.length,
      files: files.slice(0, shown).map(({ path, rule, refusedAt }) => ({
        ...{ path, rule, since: refusedAt.toISOString() },
      })),
    },
    resyncReason: row.resyncReason,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    settingsVersion: settingsVersion(row),
    developmentBranches: row.developmentBranches,
    initializedAt: row.initializedAt?.toISOString() ?? null,
    pausedAt: row.pausedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    endedBecause: row.endedBecause,
  };
}
