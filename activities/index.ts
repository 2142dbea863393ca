import { noteRun } from '../db/housekeeping/runs.ts';
import type { Db } from '../db/connect.ts';
import { endOutage, recordFailure } from '../db/streams/outages.ts';
import { catchUpProject, listActiveMirrors, requestCatchUp } from './mirror/catch-up/catch-up.ts';
import { TipsAtHand } from './mirror/catch-up/tips-at-hand.ts';
import { spaceOfStream, spaceStream } from '../model/knowledge/ids.ts';
import { mirrorOfStream } from '../model/mirror/ids.ts';
import type { StreamId } from '../model/streams/ids.ts';
import type { MeteredRetry } from '../model/telemetry/meter.ts';
import { queueOf } from '../model/telemetry/queues.ts';
import type { Activities } from './contract.ts';
import { removeOldRows } from './housekeeping/remove-old-rows.ts';
import { deliver } from './mirror/deliver/deliver.ts';
import type { ActivityDependencies } from './streams/dependencies.ts';
import { classified, withHeartbeat } from './streams/execution.ts';
import { linkBranches } from './mirror/link-branches.ts';
import type { FindNotified } from './streams/find-notified.ts';
import { findNotifiedMirror } from './mirror/notified-mirror.ts';
import { findNotifiedSpace } from './knowledge/sync/notified-space.ts';
import { notifyAdmins } from './streams/notices/notify-admins.ts';
import type { NotifyDependencies } from './streams/notices/notify-dependencies.ts';
import { tellForgottenEnds } from './streams/notices/tell-forgotten-ends.ts';
import { toldAttempt } from './streams/told-attempt.ts';
import { openBatch } from './mirror/window/open-batch.ts';
import { readMirror } from './mirror/read-mirror.ts';
import { beginOperation } from './knowledge/operations/begin-operation.ts';
import { endOperation, finishOperation } from './knowledge/operations/finish-operation.ts';
import { askSpace, lookAtSpace } from './knowledge/operations/space-wish.ts';
import { tellOperations } from './knowledge/operations/tell-operations.ts';
import { workOnItems } from './knowledge/operations/work-on-items.ts';
import { readSpace } from './knowledge/sync/read-space.ts';
import { followReviews } from './knowledge/reviews/follow-reviews.ts';
import { syncSpace } from './knowledge/sync/sync-space.ts';
import { Snapshots } from './mirror/window/snapshots.ts';
import { askFeeds } from './mirror/watch/ask-feeds.ts';
import { FeedsAtHand } from './mirror/watch/opened-feeds.ts';
import { verifyMirror } from './mirror/verify-mirror.ts';
import { toldEscalation, toldNotice } from './told-outages.ts';

export type { Activities } from './contract.ts';
export { checkVisibility, currentVisibility } from './streams/check-visibility.ts';
export { previewMirror } from './mirror/preview-mirror.ts';
export { previewChange } from './mirror/preview-change.ts';
export { checkRepository } from './streams/check-repository.ts';
export type { ActivityDependencies } from './streams/dependencies.ts';

/** The parts that `cli/` gives; the others are made from them. */
type GivenParts = Omit<ActivityDependencies, 'snapshots' | 'retryStream'>;

/** The activities of Gitward's worker, built on the given parts. */
export function createActivities(given: GivenParts): Activities {
  const { db, sealer } = given;
  const deps: ActivityDependencies = {
    ...given,
    snapshots: new Snapshots(db, sealer),
    retryStream: (stream) => retryStream(given, stream),
  };
  const findNotified = findNotifiedIn(db);
  const feedsAtHand = new FeedsAtHand(deps);
  const tipsAtHand = new TipsAtHand(deps);
  return {
    askFeeds: ({ stack }) => askFeeds({ ...deps, feedsAtHand }, stack),
    readMirror: (key) => readMirror(deps, key),
    openBatch: classified((input) => openBatch(deps, input)),
    deliver: classified((key) => deliver(deps, key)),
    recordFailure: async (attempt) => {
      const outage = await recordFailure(db, attempt);
      meterRetry(deps, attempt.stream, { count: outage.attempts - 1, outcome: 'failed' });
      const spaceId = spaceOfStream(attempt.stream);
      if (spaceId !== null) await tellOperations(deps, spaceId);
      return outage;
    },
    escalateOutage: ({ outageId }) => toldEscalation(deps, outageId),
    endOutage: async ({ outageId }) => {
      const { notices, ended } = await endOutage(db, outageId);
      if (ended !== null)
        meterRetry(deps, ended.stream, { count: ended.attempts, outcome: 'succeeded' });
      return { notices };
    },
    notifyAdmins: (notice) =>
      toldNotice(deps, notice, () => notifyAdmins({ ...deps, findNotified }, notice)),
    listActiveMirrors: ({ projectId }) => listActiveMirrors(deps, projectId),
    catchUpProject: ({ projectId }) => catchUpProject({ ...deps, tipsAtHand }, projectId),
    requestCatchUp: (key) => requestCatchUp(deps, key),
    linkBranches: ({ projectId }) => linkBranches(deps, projectId),
    verifyMirror: classified((key) => verifyMirror(deps, key)),
    readSpace: async (space) => {
      const view = await readSpace(deps, space);
      if (!view.active) await tellOperations(deps, space.spaceId);
      return view;
    },
    syncSpace: classified(async (space) => {
      const attempt = {
        ...{ stream: spaceStream(space.spaceId), lane: 'repository' as const, about: [] },
        failure: 'The space could not be synchronized',
      };
      const result = await toldAttempt(deps, attempt, () => syncSpace(deps, space));
      await tellOperations(deps, space.spaceId);
      return result;
    }),
    followReviews: classified((space) => followReviews(deps, space)),
    beginOperation: (operation) => beginOperation(deps, operation),
    workOnItems: classified((operation) => workOnItems(deps, operation)),
    askSpace: (input) => askSpace(deps, input),
    lookAtSpace: (input) => lookAtSpace(deps, input),
    finishOperation: (input) => finishOperation(deps, input),
    endOperation: (input) => endOperation(deps, input),
    removeOldRows: (input) => withHeartbeat((execution) => removeOldRows(deps, input, execution)),
    noteHousekeeping: (run) => noteRun(db, run),
  };
}

/** A round that tells of ends of outages which no workflow tells of. */
export function createNoticeRound(
  given: Omit<NotifyDependencies, 'findNotified'>,
): () => Promise<void> {
  return () => tellForgottenEnds({ ...given, findNotified: findNotifiedIn(given.db) });
}

function findNotifiedIn(db: Db): FindNotified {
  return async (stream) =>
    (await findNotifiedMirror(db, stream)) ?? (await findNotifiedSpace(db, stream));
}

/** Counts an attempt, unless none had failed before it. */
function meterRetry(
  { meter }: Pick<GivenParts, 'meter'>,
  stream: string,
  retry: Pick<MeteredRetry, 'count' | 'outcome'>,
): void {
  if (retry.count > 0) meter.retried({ queue: queueOf(stream), ...retry });
}

async function retryStream(
  { workflows, spaces }: Pick<GivenParts, 'workflows' | 'spaces'>,
  stream: StreamId,
): Promise<void> {
  const mirror = mirrorOfStream(stream);
  const spaceId = spaceOfStream(stream);
  if (mirror !== null) await workflows.signal(mirror, 'retryNow');
  if (spaceId !== null) await spaces.signal(spaceId, 'retryNow');
}
