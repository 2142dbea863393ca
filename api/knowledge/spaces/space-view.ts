import { commitView } from '../../streams/commit-schema.ts';
import { secretSettingsOf } from '../../streams/secrets-schema.ts';
import type { FastifyRequest } from 'fastify';
import { readSpaceOverview, type SpaceOverview } from '../../../db/knowledge/space-status.ts';
import { SealError, type Sealer } from '../../../db/sealing.ts';
import { openWebhook, spaceChecksOf, spaceRepositoryOf } from '../../../db/knowledge/spaces.ts';
import { problemsSeen } from '../../../model/knowledge/space-problems.ts';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import { callerOf } from '../../access/authentication.ts';
import { usualMostReviews } from '../../../model/knowledge/space.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { kindsSeen, spaceNotFound } from './space-access.ts';
import { lastCommitView, outageView, visibilityView } from '../../streams/stream-view.ts';
import { failureSeen } from './seen-failure.ts';
import type { SpaceView } from './space-schema.ts';
import { notifyView } from '../../streams/channels/notify-schema.ts';

/** A space as the API returns it to this caller. */
export async function viewOf(
  { db, sealer }: Pick<ApiDeps, 'db' | 'sealer'>,
  request: FastifyRequest,
  id: string,
): Promise<SpaceView> {
  const overview = await readSpaceOverview(db, id, kindsSeen(callerOf(request), id));
  if (overview === null) throw spaceNotFound(id);
  return spaceView(sealer, overview);
}

/**
 * A space as the API returns it; needs only the database and contains no secrets. What it tells
 * about entries and their kinds is about those that the caller may read.
 */
export function spaceView(sealer: Sealer, overview: SpaceOverview): SpaceView {
  const { row, kinds, state, waitingSaves, openConflicts, entries, outage, visibility } = overview;
  const sees = (kind: string) => kinds?.includes(kind) ?? true;
  return {
    id: row.id,
    name: row.name,
    state,
    waitingSaves,
    openConflicts,
    entries: Object.fromEntries(entries),
    repository: spaceRepositoryOf(row),
    root: row.root,
    syncedCommit: row.syncedSha,
    lastSyncedAt: row.syncedAt?.toISOString() ?? null,
    lastCommit: lastCommitView(row),
    outage: outage && outageView({ ...outage, reason: failureSeen(outage.reason, kinds) }),
    kinds: kindsOf(row.kinds).filter(({ name }) => sees(name)),
    problems: problemsSeen(row.problems, kinds),
    heldKinds: kinds === null ? row.heldKinds : null,
    heldRules: kinds === null ? (row.heldRules?.digest ?? null) : null,
    webhook: webhookView(sealer, row),
    checks: spaceChecksOf(row),
    rules: {
      ...row.rules,
      mostReviews: row.rules.mostReviews ?? usualMostReviews,
      publicKinds: row.rules.publicKinds.filter(sees),
      notify: notifyView(row.rules.notify),
      commits: commitView(row.rules.commits),
      // What may stay is said by paths, which tell of kinds.
      ...secretSettingsOf(
        kinds === null
          ? row.rules
          : { ...row.rules, allowedSecrets: { paths: [], fingerprints: [] } },
      ),
    },
    visibility: visibilityView(visibility),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    pausedAt: row.pausedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}

/** A webhook without its secrets; how many it has is not known if the master keys do not open them. */
function webhookView(sealer: Sealer, row: SpaceOverview['row']): SpaceView['webhook'] {
  if (row.webhookScheme === null) return null;
  try {
    return { scheme: row.webhookScheme, secrets: openWebhook(sealer, row)?.secrets.length ?? 0 };
  } catch (error) {
    if (error instanceof SealError) return { scheme: row.webhookScheme, secrets: null };
    throw error;
  }
}
