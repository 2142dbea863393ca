import {
  markBatchDelivered,
  listWaitingBatches,
  type WaitingBatch,
} from '../../../db/streams/batches.ts';
import {
  lockMirror,
  wantResync,
  mirrorChanged,
  noteDelivered,
} from '../../../db/mirror/mirror-marks.ts';
import { forgetRefused, listRefused } from '../../../db/streams/refused-files.ts';
import { findMirror, mirrorKey, type Mirror } from '../../../db/mirror/mirrors.ts';
import type { CommitMessage, Delivery, Tip } from '../../../git/types.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import { isSamplePath } from '../../../platforms/samples/sample-paths.ts';
import { whyNotPrivate } from '../../streams/check-visibility.ts';
import type { Delivered } from '../../streams/contract.ts';
import { deliverStream, type FoundStream } from '../../streams/deliver-stream.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import type { TipExamination } from '../../streams/examine-tip.ts';
import type { Execution } from '../../streams/execution.ts';
import { openForDelivery, platformOf, repositoryOf } from '../open-mirror.ts';
import { inPlace, neededFolders } from '../place.ts';
import { isActive, needsResync } from '../read-mirror.ts';
import { sendAround, type Portion, type SendPortion } from '../../streams/around-refusals.ts';
import { meterDelivery, type NotedDelivery } from './meter-delivery.ts';
import { planBatches, type BatchPlan, type PlanBatchesInput } from './plan-batches.ts';

/**
 * Sends the waiting batches, each as a commit, and finds those that were already sent. Files that the host refuses are
 * held back.
 */
export async function deliverBatches(
  deps: ActivityDependencies,
  row: Mirror,
  execution: Execution,
): Promise<Delivered> {
  const remote = await openForDelivery(deps, row);
  /** The last commit with a part of a batch, by the batch. */
  const partly = new Map<string, string>();
  const send: SendPortion = async (portion, tried) => {
    const { tip, commits } = await deliverStream(
      deps,
      {
        stream: mirrorStream(mirrorKey(row)),
        remote,
        // A person may have allowed the last commit of an ending branch to replace what is there.
        ...(row.ending === null && { beginAt: 'last_delivery' }),
        find: (at) => findForBatches(deps, row, at),
        prepare: (at, found, examined) =>
          prepareBatches(deps, { row, tip: at, found, examined, execution, portion }),
        plan: planBatches,
        check: async ({ plan }) => {
          requireUnchanged(await findMirror(deps.db, mirrorKey(row)), row);
          tried(plan.sent);
        },
        note: (delivery) => noteBatches(deps, row, delivery, partly),
      },
      execution,
    );
    return { tip, commits };
  };
  const around = {
    stream: mirrorStream(mirrorKey(row)),
    inRepository: (path: string) => inPlace(row.subdirectory, path),
    send,
  };
  return sendAround(deps, around, execution);
}

// Pushing many commits costs hardly more than pushing one, but the host walks over each of them.
const commitsAPush = 100;

/** A mirror whose waiting batches may be sent. */
interface FoundMirror extends FoundStream {
  /** Its branch no longer exists in the source, and it ends when everything is sent. */
  ending: boolean;
}

async function findForBatches(
  { db }: ActivityDependencies,
  row: Mirror,
  tip: Tip,
): Promise<FoundMirror | null> {
  const now = await findMirror(db, mirrorKey(row));
  if (!isActive(now)) return null;
  requireUnchanged(now, row);
  const ending = now.ending !== null;
  // An approval otherwise means rendering everything, which is impossible if the branch no longer exists. And
  // whoever removed its Git branch does not need to be told that it ended.
  const approved = ending && (now.resyncReason === 'adopt' || tip.sha === null);
  return { ending, expected: { deliveredSha: row.deliveredSha, approved } };
}

/** Throws `ChangedMeanwhile` if batches should no longer be sent: the mirror is not active, or needs a resync. */
function requireUnchanged(now: Mirror | null, row: Mirror): void {
  if (isActive(now) && (now.ending !== null || !needsResync(now))) return;
  throw mirrorChanged(mirrorKey(row));
}

/** What is waiting, and which of it may be sent. If nothing may, a resync is requested. */
async function prepareBatches(
  deps: ActivityDependencies,
  {
    row,
    tip,
    found: { ending, expected },
    examined,
    execution,
    portion,
  }: {
    row: Mirror;
    tip: Tip;
    found: FoundMirror;
    examined: TipExamination;
    execution: Execution;
    portion: Portion | null;
  },
): Promise<PlanBatchesInput | null> {
  const key = mirrorKey(row);
  const stream = mirrorStream(key);
  const { layout } = await platformOf(deps, key.projectId);
  const input = {
    stream,
    installationId: deps.installationId,
    subdirectory: row.subdirectory,
    // A person has allowed the last commit of an ending branch to replace what is there.
    folders: expected.approved ? [] : neededFolders(row.subdirectory, layout.ownedFolders),
    // The last commit of an ending branch cannot be compared as a whole: what a merge may have left out is sent again.
    own: ending && examined.merged ? [] : examined.own,
    unwanted: ending && tip.sha === null,
    refused: await listRefused(deps.db, stream),
    portion,
  };
  // The database was restored, or somebody forged commits: believe nothing until everything has been compared.
  // The last commit of an ending branch does not depend on what came before it.
  if (examined.unproven && !ending) {
    await wantResync(deps.db, key, 'recovery');
    return null;
  }
  // Read again for each tip: another worker may have sent or replaced them.
  const batches = await listWaitingBatches(deps.db, deps.sealer, stream, commitsAPush);
  if (input.unwanted || !batches.some(writesSamples)) return { ...input, batches };
  // Who may read the repository may have changed since the window. The resync also removes the samples already there.
  if ((await whyNotPrivate(deps, repositoryOf(row), execution)) === null)
    return { ...input, batches };
  // A branch that no longer exists cannot be rendered again: its samples are simply not sent.
  if (ending) return { ...input, batches: batches.map(withoutSamples) };
  await wantResync(deps.db, key, 'samples');
  throw mirrorChanged(key);
}

/** Whether a batch would write samples (rather than only remove them). */
function writesSamples({ files }: WaitingBatch): boolean {
  return files.some(isWrittenSample);
}

/** The batch without the samples that it writes; it still removes samples. */
function withoutSamples(batch: WaitingBatch): WaitingBatch {
  const files = batch.files.filter((file) => !isWrittenSample(file));
  return { ...batch, files };
}

function isWrittenSample({ path, content }: WaitingBatch['files'][number]): boolean {
  return content !== null && isSamplePath(path);
}

/** Marks what is now on the remote as delivered, and counts it. */
async function noteBatches(
  deps: ActivityDependencies,
  row: Mirror,
  { plan, commits, tip }: Delivery<CommitMessage, BatchPlan>,
  partly: Map<string, string>,
): Promise<void> {
  const at = new Date();
  const stream = mirrorStream(mirrorKey(row));
  const noted: NotedDelivery[] = [];
  await deps.db.transaction().execute(async (trx) => {
    const mark = async (batchId: string, sha: string | null, isCommit = true) => {
      const marked = await markBatchDelivered(trx, stream, { batchId, sha, at });
      if (marked !== null) noted.push({ ...marked, sha: isCommit ? sha : null });
    };
    // A window that found nothing to write is just giving its changes to one of these batches.
    await lockMirror(trx, mirrorKey(row));
    for (const [batchId, sha] of plan.found) await mark(batchId, sha);
    for (const [index, { trailers }] of plan.commits.entries()) {
      const sha = commits[index] ?? tip;
      for (const batchId of trailers.batches) {
        await mark(batchId, sha);
        const whole = plan.parts.get(batchId);
        if (whole !== undefined && sha !== null) partly.set(whole, sha);
      }
    }
    for (const batchId of plan.unneeded) await mark(batchId, tip, false);
    for (const batchId of plan.heldBack) await mark(batchId, partly.get(batchId) ?? null);
    await forgetRefused(trx, stream, plan.mended);
    const last = commits.at(-1) ?? plan.newest;
    if (last !== null) await noteDelivered(trx, row, { sha: last, at });
  });
  meterDelivery(deps, row, noted, at);
}
