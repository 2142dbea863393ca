import {
  endUnneeded,
  moveNewEntry,
  noteEntryFailure,
  listEntriesAbout,
  removeGhosts,
} from '../../../db/knowledge/entry-writes.ts';
import type { Entry } from '../../../db/knowledge/entries.ts';
import {
  endEmptyBatches,
  listWaitingSaveBatches,
  releaseBatches,
  type WaitingSaveBatch,
} from '../../../db/knowledge/save-batches.ts';
import {
  lockSpaceAt,
  noteIndexed,
  requireSamePlace,
  spaceChanged,
} from '../../../db/knowledge/space-marks.ts';
import { findSpace, lockSpace, type Space } from '../../../db/knowledge/spaces.ts';
import { noteMessages } from '../../../db/streams/batches.ts';
import type { BuiltPlan, CommitMessage, Delivery, Remote, Tip } from '../../../git/types.ts';
import { StreamFailure } from '../../../model/streams/errors.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import type { Delivered } from '../../streams/contract.ts';
import { deliverStream, type FoundStream } from '../../streams/deliver-stream.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import type { Execution } from '../../streams/execution.ts';
import { firstFreePath } from '../reading/first-free-path.ts';
import { readIndexed } from './index-files.ts';
import { planSaves, type PlanSavesInput, type SavesPlan } from './plan-saves.ts';
import { isSpaceActive } from './read-space.ts';
import { readTo } from '../reading/read-to.ts';
import { requirePrivacy } from './require-privacy.ts';

/** What {@link sendSaves} is about. */
export interface SendSavesInput {
  /** The space as the sync began with it. */
  seen: Space;
  remote: Remote;
}

/** What {@link sendSaves} did: its commits, and the entries that were read from Git for them and after them. */
export type SentSaves = Delivered & { entries: number };

/** Commits what waits, pushes it, and reads it back into the database. */
export async function sendSaves(
  deps: ActivityDependencies,
  input: SendSavesInput,
  execution: Execution,
): Promise<SentSaves> {
  const { seen, remote } = input;
  const before = await findSpace(deps.db, seen.id);
  const nothing = { tip: before?.syncedSha ?? null, commits: 0, entries: 0 };
  if (!isSpaceActive(before) || !(await somethingWaits(deps, before))) return nothing;
  try {
    const delivered = await deliverStream(
      deps,
      {
        stream: spaceStream(seen.id),
        remote,
        find: (tip) => findAtTip(deps, input, tip, execution),
        prepare: (tip, found) => prepareSaves(deps, found, tip),
        plan: (tip, facts) => {
          execution.step('planning');
          return planSaves(tip, facts);
        },
        check: (built) => checkSaves(deps, seen, built, execution),
        note: (delivery) => noteSaves(deps, input, delivery, execution),
      },
      execution,
    );
    return delivered.noted === null
      ? nothing
      : { tip: delivered.tip, commits: delivered.commits, entries: delivered.noted.entries };
  } catch (error) {
    // What the host refuses is somebody's to mend: the entries say so, and a later save of the same entry goes in its place.
    if (error instanceof StreamFailure && error.code === 'content_refused') {
      await giveUpBatches(deps, seen.id, { code: error.code, message: error.message });
    }
    throw error;
  }
}

/** Notes on the entries that wait why the host refused them, and has their saves batched anew. */
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

/** Whether there is anything to commit, or an index to be looked at. */
async function somethingWaits(deps: ActivityDependencies, row: Space): Promise<boolean> {
  if (row.rules.index && row.indexedSha !== row.syncedSha) return true;
  return (await listWaitingSaveBatches(deps.db, row.id)).length > 0;
}

/** A space that agrees with a tip. */
interface FoundSpace extends FoundStream {
  row: Space;
  /** Entries that were read from Git for that. */
  read: number;
}

/** Brings the database to the tip: what others pushed meanwhile is read first, and ours are marked there. */
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
  // Another worker read on meanwhile: what waits is laid over what it read.
  if (now.syncedSha !== tip.sha) throw spaceChanged(seen.id);
  // Reading has looked for our commits already: all that is on the tip is known.
  return { row: now, read, expected: { deliveredSha: now.syncedSha, approved: false } };
}

/** What waits, the entries that it is about, each at a path of its own, and what the index files are made of. */
async function prepareSaves(
  { db, installationId }: ActivityDependencies,
  { row, read }: FoundSpace,
  tip: Tip,
): Promise<PlanSavesInput> {
  const batches = await listWaitingSaveBatches(db, row.id);
  const saves = batches.flatMap((batch) => batch.saves);
  const ids = [...new Set(saves.map(({ entryId: id }) => id))];
  const about = await listEntriesAbout(db, row.id, { paths: [], ids });
  const entries = await withRoomOn({ db }, row, tip, about);
  return {
    row,
    installationId,
    batches,
    entries: new Map(entries.map((entry) => [entry.id, entry])),
    indexed: await readIndexed(db, row, new Set(saves.map(({ kind }) => kind))),
    read,
  };
}

/**
 * New entries whose path is a file at the tip that is no entry get another: what is not ours is not touched. Throws
 * `ChangedMeanwhile` where another worker read on: then they may be in Git, where they have their path.
 */
async function withRoomOn(
  { db }: Pick<ActivityDependencies, 'db'>,
  row: Space,
  tip: Tip,
  about: Entry[],
): Promise<Entry[]> {
  const fresh = about.filter(({ gitBlob: git, headBlob: head }) => git === null && head !== null);
  const strangers = await tip.blobIds(fresh.map(({ path }) => path));
  if (strangers.size === 0) return about;
  const paths = await db.transaction().execute(async (trx) => {
    await lockSpaceAt(trx, row);
    const moved = new Map<string, string>();
    for (const { id, path } of fresh) {
      if (!strangers.has(path)) continue;
      const free = await firstFreePath(trx, row.id, path, strangers);
      await moveNewEntry(trx, row.id, id, free);
      moved.set(id, free);
    }
    return moved;
  });
  return about.map((entry) => ({ ...entry, path: paths.get(entry.id) ?? entry.path }));
}

/** What is about to be sent is stored as it is said; and who may read it may have changed since it was saved. */
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

/** Ends what came to nothing, and reads back what is on the remote now. */
async function noteSaves(
  deps: ActivityDependencies,
  { seen, remote }: SendSavesInput,
  { plan, base, commits, tip }: Delivery<CommitMessage, SavesPlan>,
  execution: Execution,
): Promise<{ entries: number }> {
  await endUnneededBatches(deps, seen.id, plan.unneeded);
  const row = tip === base ? null : await findSpace(deps.db, seen.id);
  if (isSpaceActive(row)) requireSamePlace(row, seen);
  const read = isSpaceActive(row) ? await readTo(deps, { row, remote, sha: tip, execution }) : 0;
  // Somebody may have committed on top of ours: then the index is looked at again.
  if ((commits.at(-1) ?? base) === tip) await noteIndexed(deps.db, seen.id, tip);
  return { entries: plan.read + read };
}

async function endUnneededBatches(
  deps: ActivityDependencies,
  spaceId: string,
  unneeded: readonly WaitingSaveBatch[],
): Promise<void> {
  if (unneeded.length === 0) return;
  await deps.db.transaction().execute(async (trx) => {
    // A save that is being accepted would not be seen, and its entry would count as sent.
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
