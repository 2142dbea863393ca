import { finishEnding, noteCheckedTip, wantResync } from '../../../db/mirror/mirror-marks.ts';
import { noteRefusals } from '../../../db/streams/refused-files.ts';
import {
  listUnendedMirrors,
  findDefaultMirror,
  findMirror,
  mirrorKey,
  type Mirror,
} from '../../../db/mirror/mirrors.ts';
import { countWaiting } from '../../../db/mirror/waiting-changes.ts';
import { StreamFailure } from '../../../model/streams/errors.ts';
import { mirrorStream, type MirrorKey } from '../../../model/mirror/ids.ts';
import type { Delivered } from '../../streams/contract.ts';
import type { DeliverInput, DeliverResult } from '../contract.ts';
import { deliverBatches } from './deliver-batches.ts';
import { deliverResync } from './deliver-resync.ts';
import { askHost } from '../../streams/ask-host.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import { endIfBranchGone } from '../end-branch.ts';
import { repositoryOf } from '../open-mirror.ts';
import { withHeartbeat, type Execution } from '../../streams/execution.ts';
import { countStream, isActive, needsResync } from '../read-mirror.ts';
import { toldDelivery } from './told-delivery.ts';
import { waitsForDefaultMirror } from './waits-for-default-mirror.ts';

/**
 * Sends what is waiting to the remote: the waiting batches in order, or, if a resync was requested (and at the
 * start), everything, newly rendered. Finds on the tip whatever an earlier attempt pushed before it was lost.
 * It is done when the remote's ref has been read back.
 */
export async function deliver(
  deps: ActivityDependencies,
  { mayWait = false, ...key }: DeliverInput,
): Promise<DeliverResult> {
  const stream = mirrorStream(key);
  const delivered = await toldDelivery(deps, key, () =>
    withHeartbeat((execution) => deliverWhatWaits(deps, key, { mayWait, execution }), {
      deps,
      stream,
      work: 'delivery',
    }),
  );
  const refusals = await noteRefusals(deps.db, stream);
  const row = await findMirror(deps.db, key);
  await noteTip(deps, row, delivered.tip);
  return {
    ...delivered,
    ...(refusals === null ? {} : { refusals }),
    ...(await countStream(deps.db, key, row)),
  };
}

/** Remembers a tip of others, so that the next comparison need not look for our last commit on it. */
async function noteTip(
  { db }: ActivityDependencies,
  row: Mirror | null,
  tip: string | null,
): Promise<void> {
  if (tip === null || !isActive(row) || needsResync(row)) return;
  if (tip !== row.deliveredSha && tip !== row.checkedTip) await noteCheckedTip(db, row, tip);
}

const nothing: Delivered = { tip: null, commits: 0 };

async function deliverWhatWaits(
  deps: ActivityDependencies,
  key: MirrorKey,
  { mayWait, execution }: { mayWait: boolean; execution: Execution },
): Promise<Delivered> {
  const row = await findMirror(deps.db, key);
  if (!isActive(row)) return nothing;
  if (row.ending === null && needsResync(row)) {
    // The waiting is done by the workflow, which calls again: here it would occupy a slot that others need.
    if (mayWait && (await waitsForDefaultMirror(deps.db, row)))
      return { ...nothing, waitsFor: 'default_mirror' };
    return askHost(deps, repositoryOf(row), execution, () => resync(deps, row, execution));
  }
  // By now, what was sent has been marked, so the mirror may end.
  if (row.ending !== null && (await finishEnding(deps.db, key))) return nothing;
  try {
    return await askHost(deps, repositoryOf(row), execution, () =>
      deliverBatches(deps, row, execution),
    );
  } catch (error) {
    // The same commits are not sent forever: with something newer, everything is rendered again.
    const isStuck = error instanceof StreamFailure && error.code === 'push_refused';
    if (isStuck && (await countWaiting(deps.db, key)).waitingBatches > 1)
      await wantResync(deps.db, key, 'recovery');
    throw error;
  }
}

/** Delivers everything, unless the branch no longer exists. */
async function resync(
  deps: ActivityDependencies,
  row: Mirror,
  execution: Execution,
): Promise<Delivered> {
  try {
    const delivered = await deliverResync(deps, row, execution);
    // Linked branches begin from the first commit. If Temporal is unavailable, the next catch-up links them.
    if (row.initializedAt === null && row.developmentBranches.link.length > 0)
      await deps.workflows.linkBranches(row.projectId).catch((err: unknown) => {
        deps.logger.warn({ err, project_id: row.projectId }, 'New branches will be linked later.');
      });
    if (row.initializedAt === null) await tellWaiting(deps, row);
    return delivered;
  } catch (error) {
    if (await endIfBranchGone(deps, mirrorKey(row), error, execution)) return nothing;
    throw error;
  }
}

/**
 * Tells the mirrors without a first commit that the default branch has one, since theirs may begin from it. A mirror
 * that misses the signal checks a little later anyway.
 */
async function tellWaiting(
  { db, workflows }: ActivityDependencies,
  { projectId, branchId }: Mirror,
): Promise<void> {
  if ((await findDefaultMirror(db, projectId))?.branchId !== branchId) return;
  const others = (await listUnendedMirrors(db, projectId)).filter(
    (other) => other.branchId !== branchId && other.deliveredSha === null && isActive(other),
  );
  await Promise.allSettled(others.map((other) => workflows.signal(mirrorKey(other), 'retryNow')));
}
