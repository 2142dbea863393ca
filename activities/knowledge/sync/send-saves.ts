import { endUnneeded, noteEntryFailure, removeGhosts } from '../../../db/knowledge/entry-writes.ts';
import {
  endEmptyBatches,
  listWaitingSaveBatches,
  releaseBatches,
  type WaitingSaveBatch,
} from '../../../db/knowledge/save-batches.ts';
import { noteIndexed, requireSamePlace, spaceChanged } from '../../../db/knowledge/space-marks.ts';
import { findSpace, lockSpace, type Space } from '../../../db/knowledge/spaces.ts';
import { forgetRefused } from '../../../db/streams/refused-files.ts';
import { noteMessages } from '../../../db/streams/batches.ts';
import type { BuiltPlan, CommitMessage, Delivery, Remote, Tip } from '../../../git/types.ts';
import { StreamFailure, type FailureCode } from '../../../model/streams/errors.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import type { Delivered } from '../../streams/contract.ts';
import { sendAround, type SendPortion } from '../../streams/around-refusals.ts';
import { deliverStream, type FoundStream } from '../../streams/deliver-stream.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import type { Execution } from '../../streams/execution.ts';
import { turnIntoReviews } from '../reviews/turn-into-reviews.ts';
import { indexOnly, planSaves, type SavesPlan } from './plan-saves.ts';
import { prepareSaves } from './prepare-saves.ts';
import { isSpaceActive } from './read-space.ts';
import { readTo } from '../reading/read-to.ts';
import { requirePrivacy } from './require-privacy.ts';

/** What {@link sendSaves} needs. */
export interface SendSavesInput {
  /** The space as it was when the sync began. */
  seen: Space;
  remote: Remote;
}

/** What {@link sendSaves} did: its commits, and how many entries it read from Git before and after them. */
export type SentSaves = Delivered & { entries: number };

/** Commits what is waiting, pushes it, and reads it back into the database. */
export async function sendSaves(
  deps: ActivityDependencies,
  input: SendSavesInput,
  execution: Execution,
): Promise<SentSaves> {
  const { seen, remote } = input;
  const before = await findSpace(deps.db, seen.id);
  const nothing = { tip: before?.syncedSha ?? null, commits: 0, entries: 0 };
  if (!isSpaceActive(before) || !(await somethingWaits(deps, before))) return nothing;
  const done = { tip: nothing.tip, entries: 0 };
  const send: SendPortion = async (portion, tried) => {
    // What was just read: the branch is there, unless somebody pushed since.
    const synced = (await findSpace(deps.db, seen.id))?.syncedSha ?? null;
    const { tip, commits, noted } = await deliverStream(
      deps,
      {
        stream: spaceStream(seen.id),
        remote,
        beginAt: { sha: synced },
        find: (at) => findAtTip(deps, input, at, execution),
        prepare: (at, found) => prepareSaves(deps, { ...found, portion }, at, execution),
        plan: (at, facts) => {
          execution.step('planning');
          return planSaves(at, facts);
        },
        check: async (built) => {
          await checkSaves(deps, seen, built, execution);
          tried(triedBy(built.plan));
        },
        note: (delivery) => noteSaves(deps, input, delivery, execution),
      },
      execution,
    );
    if (noted !== null) {
      done.tip = tip;
      done.entries += noted.entries;
    }
    return { tip, commits };
  };
  const around = { stream: spaceStream(seen.id), inRepository: (path: string) => path, send };
  try {
    const { commits } = await sendAround(deps, around, execution);
    return { ...done, commits };
  } catch (error) {
    if (
      error instanceof StreamFailure &&
      error.code === 'branch_protected' &&
      (await turnIntoReviews(deps, before, execution))
    )
      return { ...done, commits: 0 };
    // A person has to fix what the host refuses: the entries say so, and a later save of an entry is sent instead.
    if (error instanceof StreamFailure && refused.has(error.code)) {
      await giveUpBatches(deps, seen.id, { code: error.code, message: error.message });
    }
    throw error;
  }
}

/** What a push contains, for the search for what the host refuses in it. */
function triedBy({ sent, files }: SavesPlan): Parameters<Parameters<SendPortion>[1]>[0] {
  const isIndexAlone = sent.length === 0 && files.length > 0;
  return { batches: isIndexAlone ? [indexOnly] : sent.map(({ id }) => id), files };
}

/** What the host does not take, whether or not it says that it is for its content. */
const refused: ReadonlySet<FailureCode> = new Set(['content_refused', 'push_refused']);

/** Notes on the waiting entries why the host refused them, and puts their saves into new batches. */
async function giveUpBatches(
  { db }: Pick<ActivityDependencies, 'db'>,
  spaceId: string,
  failure: { code: string; message: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockSpace(trx, spaceId);
    await noteEntryFailure(trx, spaceId, failure);
    await releaseBatches(trx, spaceId);
  });
}

/** Whether there is anything to commit, or an index to check. */
async function somethingWaits(deps: ActivityDependencies, row: Space): Promise<boolean> {
  const isIndexOld = row.rules.index && row.indexedSha !== row.syncedSha;
  if (isIndexOld && row.protectedAt === null) return true;
  return (await listWaitingSaveBatches(deps.db, row.id)).length > 0;
}

/** A space that matches a tip. */
interface FoundSpace extends FoundStream {
  row: Space;
  /** How many entries were read from Git for that. */
  read: number;
}

/** Brings the database to the tip: reads what others have pushed, and marks our own saves that are there. */
async function findAtTip(
  deps: ActivityDependencies,
  { seen, remote }: SendSavesInput,
  tip: Tip,
  execution: Execution,
): Promise<FoundSpace | null> {
  const row = await findSpace(deps.db, seen.id);
  if (!isSpaceActive(row)) return null;
  requireSamePlace(row, seen);
  const read = await readTo(deps, { row, remote, sha: tip.sha, execution });
  const now = await findSpace(deps.db, seen.id);
  if (!isSpaceActive(now)) return null;
  requireSamePlace(now, seen);
  // Another worker has read further in the meantime: the waiting saves are merged onto what it read.
  if (now.syncedSha !== tip.sha) throw spaceChanged(seen.id);
  // Reading has already looked for our commits: everything on the tip is known.
  return { row: now, read, expected: { deliveredSha: now.syncedSha, approved: false } };
}

/** Stores the messages that are about to be sent, and checks again who may read them, since that may have changed. */
async function checkSaves(
  deps: ActivityDependencies,
  seen: Space,
  { plan, messages }: BuiltPlan<CommitMessage, SavesPlan>,
  execution: Execution,
): Promise<void> {
  const now = await findSpace(deps.db, seen.id);
  if (!isSpaceActive(now)) throw spaceChanged(seen.id);
  requireSamePlace(now, seen);
  await requirePrivacy(deps, now, plan, execution);
  const said = plan.sent.flatMap(({ id }, index) => {
    const message = messages[index];
    return message === undefined ? [] : [{ id, message }];
  });
  await noteMessages(deps.db, said);
}

/** Ends batches that changed nothing, forgets what was refused of what is sent now, and reads back what is now on the remote. */
async function noteSaves(
  deps: ActivityDependencies,
  { seen, remote }: SendSavesInput,
  { plan, base, commits, tip }: Delivery<CommitMessage, SavesPlan>,
  execution: Execution,
): Promise<{ entries: number }> {
  await endUnneededBatches(deps, seen.id, plan.unneeded);
  await forgetRefused(
    deps.db,
    spaceStream(seen.id),
    plan.files.map(({ path }) => path),
  );
  const row = tip === base ? null : await findSpace(deps.db, seen.id);
  if (isSpaceActive(row)) requireSamePlace(row, seen);
  const read = isSpaceActive(row) ? await readTo(deps, { row, remote, sha: tip, execution }) : 0;
  // If somebody has committed on top of ours, the index is checked again.
  const isLast = (commits.at(-1) ?? base) === tip;
  if (isLast && plan.isIndexRight) await noteIndexed(deps.db, seen.id, tip);
  return { entries: plan.read + read };
}

async function endUnneededBatches(
  deps: ActivityDependencies,
  spaceId: string,
  unneeded: readonly WaitingSaveBatch[],
): Promise<void> {
  if (unneeded.length === 0) return;
  await deps.db.transaction().execute(async (trx) => {
    // Without the lock, a save that is being accepted would be missed, and its entry would count as sent.
    await lockSpace(trx, spaceId);
    await endUnneeded(
      trx,
      spaceId,
      unneeded.flatMap(({ saves }) => saves),
    );
    await endEmptyBatches(trx, spaceId);
    await removeGhosts(trx, spaceId);
  });
}
