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
    syncedCommit: row.syncedSha,
    lastSyncedAt: row.syncedAt?.toISOString() ?? null,
    lastCommit:
      row.deliveredSha !== null && row.deliveredAt !== null
        ? { sha: row.deliveredSha, committedAt: row.deliveredAt.toISOString() }
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
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    pausedAt: row.pausedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}
