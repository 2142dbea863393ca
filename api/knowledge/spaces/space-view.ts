import type { SpaceOverview } from '../../../db/knowledge/space-status.ts';
import type { Sealer } from '../../../db/sealing.ts';
import { openWebhook, spaceRepositoryOf } from '../../../db/knowledge/spaces.ts';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import type { SpaceView } from './space-schema.ts';

/**
 * A space as it is answered; from the database alone, and without secrets. Of entries only `kinds` are counted,
 * those that the caller may read (`null`: all).
 */
export function spaceView(
  sealer: Sealer,
  { row, state, waitingSaves, openConflicts, entries, outage, visibility }: SpaceOverview,
  kinds: readonly string[] | null,
): SpaceView {
  const webhook = openWebhook(sealer, row);
  return {
    id: row.id,
    name: row.name,
    state,
    waitingSaves,
    openConflicts,
    entries: Object.fromEntries([...entries].filter(([kind]) => kinds?.includes(kind) ?? true)),
    repository: spaceRepositoryOf(row),
    root: row.root,
    syncedCommit: row.synced_sha,
    lastSyncedAt: row.synced_at?.toISOString() ?? null,
    lastCommit:
      row.delivered_sha !== null && row.delivered_at !== null
        ? { sha: row.delivered_sha, committedAt: row.delivered_at.toISOString() }
        : null,
    outage: outage && {
      since: outage.since.toISOString(),
      attempts: outage.attempts,
      nextAttemptAt: outage.nextAttemptAt?.toISOString() ?? null,
      notifiedAt: outage.notifiedAt?.toISOString() ?? null,
      reason: outage.reason,
    },
    kinds: kindsOf(row.kinds),
    problems: row.problems,
    webhook: webhook && { scheme: webhook.scheme, secrets: webhook.secrets.length },
    rules: row.rules,
    visibility: visibility && {
      result: visibility.result,
      reason: visibility.reason,
      checkedAt: visibility.checkedAt.toISOString(),
    },
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    pausedAt: row.paused_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}
