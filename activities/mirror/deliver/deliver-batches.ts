import {
  knownBatchIds,
  markBatchDelivered,
  readWaitingBatches,
  type WaitingBatch,
} from '../../../db/streams/batches.ts';
import {
  askForResync,
  MirrorChangedMeanwhile,
  noteDelivered,
} from '../../../db/mirror/mirror-marks.ts';
import { findMirror, keyOf, type Mirror } from '../../../db/mirror/mirrors.ts';
import type { Delivery, Plan, StreamCommit } from '../../../git/types.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import type { StreamId } from '../../../model/streams/ids.ts';
import { isSamplePath } from '../../../platforms/samples/sample-paths.ts';
import { currentVisibility } from '../../streams/check-visibility.ts';
import type { Delivered } from '../../streams/contract.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import { recordAttempt } from '../../streams/record-attempt.ts';
import { examineTip } from '../../streams/examine-tip.ts';
import type { Execution } from '../../streams/execution.ts';
import { openRemote } from '../open-mirror.ts';
import { planBatches, type BatchPlan } from './plan-batches.ts';
import { isActive, needsResync } from '../read-mirror.ts';

/** The plan that the push was made from, and what the tip had shown. */
interface Decision {
  plan: BatchPlan;
  newer: StreamCommit[];
  /** The tip holds commits of this stream whose batches the database does not know. */
  unknown: boolean;
}

/** Sends the waiting batches, a commit each, in one push; and finds those that were sent before. */
export async function deliverBatches(
  deps: ActivityDependencies,
  row: Mirror,
  { signal, step }: Execution,
): Promise<Delivered> {
  const key = keyOf(row);
  const stream = mirrorStream(key);
  const remote = await openRemote(deps, row);
  // The plan that counts is the last one: it is asked again for each tip.
  const decided: { last: Decision | null } = { last: null };

  const delivery = await deps.git.deliver(
    remote,
    async (tip): Promise<Plan> => {
      decided.last = null;
      // Whoever paused the mirror, or changed what or where it writes, does not expect this push.
      const now = await findMirror(deps.db, key);
      if (!isActive(now)) return { kind: 'nothing' };
      if (now.ending === null && needsResync(now)) throw new MirrorChangedMeanwhile(key);
      if (now.ending !== null && tip.sha === null) {
        // Whoever removed the Git branch of a branch that is gone needs no word of its end.
        decided.last = { plan: await planNothing(deps, stream), newer: [], unknown: false };
        return { kind: 'nothing' };
      }
      const examined = await examineTip(tip, {
        stream,
        installationId: deps.installationId,
        deliveredSha: row.deliveredSha,
        // A branch that is gone cannot be rendered anew, which is what an approval means elsewhere.
        approved: now.ending !== null && now.resyncReason === 'adopt',
      });
      if (examined.kind === 'held') return examined;
      const { newer } = examined;
      const ids = newer.flatMap(({ trailers }) => trailers.batches);
      const known = await knownBatchIds(deps.db, stream, ids);
      // The last commit of a branch that is gone stands for itself, whatever came before it.
      const unknown = now.ending === null && ids.some((id) => !known.has(id));
      // Read for each tip: another worker may have sent or replaced them.
      let batches = unknown ? [] : await readWaitingBatches(deps.db, deps.sealer, stream);
      // Who may read the repository may have changed since the window: what is there now goes, too.
      if (holdSamples(batches) && !(await isPrivate(deps, row, signal))) {
        // A branch that is gone cannot be rendered anew: its samples are just not sent.
        if (now.ending === null) {
          await askForResync(deps.db, key, 'samples');
          throw new MirrorChangedMeanwhile(key);
        }
        batches = batches.map(withoutSamples);
      }
      const plan = await planBatches(tip, {
        stream,
        installationId: deps.installationId,
        subdirectory: row.subdirectory,
        batches,
        newer,
      });
      decided.last = { plan, newer, unknown };
      return plan.commits.length === 0
        ? { kind: 'nothing' }
        : {
            kind: 'commits',
            commits: plan.commits,
            beforePush: (built) => recordAttempt(deps.db, stream, tip, plan.commits, built),
          };
    },
    { signal, onProgress: step },
  );

  if (decided.last !== null) await note(deps, row, decided.last, delivery);
  return { tip: delivery.tip, commits: new Set(delivery.commits).size };
}

/** A plan that gives up all that waits. */
async function planNothing(
  { db, sealer }: ActivityDependencies,
  stream: StreamId,
): Promise<BatchPlan> {
  const batches = await readWaitingBatches(db, sealer, stream);
  const unneeded = batches.map(({ id }) => id);
  return { commits: [], batchesOf: [], found: new Map(), unneeded };
}

/** Whether a batch would write samples (and not only remove them). */
function holdSamples(batches: readonly WaitingBatch[]): boolean {
  return batches.some(({ files }) => files.some(isWrittenSample));
}

/** A batch that writes no sample; those that it removes still go. */
function withoutSamples(batch: WaitingBatch): WaitingBatch {
  const files = batch.files.filter((file) => !isWrittenSample(file));
  return { ...batch, files };
}

function isWrittenSample({ path, content }: WaitingBatch['files'][number]): boolean {
  return content !== null && isSamplePath(path);
}

async function isPrivate(
  deps: ActivityDependencies,
  row: Mirror,
  signal: AbortSignal,
): Promise<boolean> {
  const { result } = await currentVisibility(deps, row, { signal });
  return result === 'private';
}

/** Marks what is on the remote now; until this is done, the next attempt finds it on the tip. */
async function note(
  { db }: ActivityDependencies,
  row: Mirror,
  { plan, newer, unknown }: Decision,
  delivery: Delivery,
): Promise<void> {
  const key = keyOf(row);
  // A restored database, or a forged trailer: believe nothing before everything was compared.
  if (unknown) return askForResync(db, key, 'recovery');
  const at = new Date();
  await db.transaction().execute(async (trx) => {
    for (const [batchId, sha] of plan.found) await markBatchDelivered(trx, { batchId, sha, at });
    for (const [index, ids] of plan.batchesOf.entries()) {
      const sha = delivery.commits[index] ?? delivery.tip;
      for (const batchId of ids) await markBatchDelivered(trx, { batchId, sha, at });
    }
    for (const batchId of plan.unneeded)
      await markBatchDelivered(trx, { batchId, sha: delivery.tip, at });
    const last = delivery.commits.at(-1) ?? newer[0]?.sha ?? null;
    if (last !== null) await noteDelivered(trx, row, { sha: last, at });
  });
}
