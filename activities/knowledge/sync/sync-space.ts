import { setTimeout as sleep } from 'node:timers/promises';
import {
  endUnneeded,
  moveNewEntry,
  noteEntryFailure,
  readEntriesAbout,
  removeGhosts,
} from '../../../db/knowledge/entry-writes.ts';
import {
  batchWaitingSaves,
  endEmptyBatches,
  readWaitingSaveBatches,
  releaseBatches,
  type WaitingSaveBatch,
} from '../../../db/knowledge/save-batches.ts';
import {
  noteIndexed,
  noteLooked,
  requireSamePlace,
  SpaceChangedMeanwhile,
} from '../../../db/knowledge/space-marks.ts';
import { spaceRemote } from '../../../db/knowledge/space-remote.ts';
import { findSpace, lockSpace, type Space } from '../../../db/knowledge/spaces.ts';
import type { Entry } from '../../../db/knowledge/entries.ts';
import type { Delivery, Plan, Remote, Tip } from '../../../git/types.ts';
import { StreamFailure } from '../../../model/streams/errors.ts';
import type { SpaceKey, SyncSpaceResult } from '../../streams/contract.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import { withHeartbeat, type Execution } from '../../streams/execution.ts';
import { firstFreePath } from './first-free-path.ts';
import { indexChanges, indexCommit } from './index-files.ts';
import { recordAttempt } from '../../streams/record-attempt.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import { planSaves, type SavesPlan } from './plan-saves.ts';
import { countSpace, isSpaceActive } from './read-space.ts';
import { readTo } from './read-to.ts';
import { requirePrivacy } from './require-privacy.ts';

/** Attempts until the space's row holds still: others may change it while it is read. */
const ATTEMPTS = 5;

/**
 * See `SpaceActivities.syncSpace`. Reading comes first, and what was sent is read back like anybody's push: a kill at
 * any line leaves a branch that the next attempt reads, finding its own commits by their batches.
 */
export async function syncSpace(
  deps: ActivityDependencies,
  { spaceId }: SpaceKey,
): Promise<SyncSpaceResult> {
  return withHeartbeat(async (execution) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await syncOnce(deps, spaceId, execution);
      } catch (error) {
        if (!(error instanceof SpaceChangedMeanwhile) || attempt === ATTEMPTS) throw error;
        await sleep(50 * attempt);
        execution.signal.throwIfAborted();
      }
    }
  });
}

async function syncOnce(
  deps: ActivityDependencies,
  spaceId: string,
  execution: Execution,
): Promise<SyncSpaceResult> {
  const row = await findSpace(deps.db, spaceId);
  if (!isSpaceActive(row))
    return { tip: null, commits: 0, entries: 0, ...(await countSpace(deps, spaceId, row)) };
  const remote = await spaceRemote(deps.db, deps.sealer, row);
  const read = await readTip(deps, row, remote, execution);
  await batchWaitingSaves(deps.db, spaceId, ({ person, saves }) => ({
    author: person,
    coAuthors: [],
    subject: `Save ${saves.length} times`,
    body: '',
  }));
  const sent = await send(deps, row, remote, execution);
  await noteLooked(deps.db, spaceId);
  return {
    tip: sent.tip ?? read.tip,
    commits: sent.commits,
    entries: read.entries + sent.entries,
    ...(await countSpace(deps, spaceId, await findSpace(deps.db, spaceId))),
  };
}

/** Reads what others pushed: one question, where they did not. */
async function readTip(
  deps: ActivityDependencies,
  row: Space,
  remote: Remote,
  execution: Execution,
): Promise<{ tip: string | null; entries: number }> {
  const { signal, step } = execution;
  const tip = await deps.clones.askTip(remote, { signal, onProgress: step });
  return { tip, entries: await readTo(deps, { row, remote, sha: tip, execution }) };
}

/** Commits what waits, pushes it, and reads it back into the database. */
async function send(
  deps: ActivityDependencies,
  seen: Space,
  remote: Remote,
  execution: Execution,
): Promise<{ tip: string | null; commits: number; entries: number }> {
  const { signal, step } = execution;
  const spaceId = seen.id;
  const before = await findSpace(deps.db, spaceId);
  const nothing = { tip: before?.syncedSha ?? null, commits: 0, entries: 0 };
  if (!isSpaceActive(before) || !(await somethingWaits(deps, before))) return nothing;
  const decided: { plan: SavesPlan | null; tip: string | null; entries: number } = {
    plan: null,
    tip: null,
    entries: 0,
  };
  let delivery: Delivery;
  try {
    delivery = await deps.git.deliver(
      remote,
      async (tip): Promise<Plan> => {
        decided.plan = null;
        decided.tip = tip.sha;
        const row = await findSpace(deps.db, spaceId);
        if (!isSpaceActive(row)) return { kind: 'nothing' };
        requireSamePlace(row, seen);
        decided.entries += await readTo(deps, { row, remote, sha: tip.sha, execution });
        const now = await findSpace(deps.db, spaceId);
        if (!isSpaceActive(now)) return { kind: 'nothing' };
        requireSamePlace(now, seen);
        const plan = await planOn(deps, now, tip, execution);
        decided.plan = plan;
        return plan.commits.length === 0
          ? { kind: 'nothing' }
          : {
              kind: 'commits',
              commits: plan.commits,
              beforePush: (built) =>
                recordAttempt(deps.db, spaceStream(spaceId), tip, plan.commits, built),
            };
      },
      { signal, onProgress: step },
    );
  } catch (error) {
    // What the host refuses is somebody's to mend: the entries say so, and a later save of the same entry goes in its place.
    if (error instanceof StreamFailure && error.code === 'content_refused') {
      await noteEntryFailure(deps.db, spaceId, { code: error.code, message: error.message });
      await releaseBatches(deps.db, spaceId);
    }
    throw error;
  }
  if (decided.plan === null) return nothing;
  await endUnneededBatches(deps, spaceId, decided.plan.unneeded);
  if (delivery.tip !== decided.tip) {
    const row = await findSpace(deps.db, spaceId);
    if (isSpaceActive(row)) {
      requireSamePlace(row, seen);
      decided.entries += await readTo(deps, { row, remote, sha: delivery.tip, execution });
    }
  }
  const last = delivery.commits.at(-1) ?? decided.tip;
  // Somebody may have committed on top of ours: then the index is looked at again.
  if (last === delivery.tip) await noteIndexed(deps.db, spaceId, delivery.tip);
  return {
    tip: delivery.tip,
    commits: new Set(delivery.commits).size,
    entries: decided.entries,
  };
}

/** Whether there is anything to commit, or an index to be looked at. */
async function somethingWaits(deps: ActivityDependencies, row: Space): Promise<boolean> {
  if (row.rules.index && row.indexedSha !== row.syncedSha) return true;
  return (await readWaitingSaveBatches(deps.db, row.id)).length > 0;
}

/** The commits of what waits, the last of them with the index files; on a tip that the database agrees with. */
async function planOn(
  deps: ActivityDependencies,
  row: Space,
  tip: Tip,
  execution: Execution,
): Promise<SavesPlan> {
  execution.step('planning');
  const batches = await readWaitingSaveBatches(deps.db, row.id);
  const ids = [...new Set(batches.flatMap(({ saves }) => saves.map(({ entryId: id }) => id)))];
  const about = await readEntriesAbout(deps.db, row.id, { paths: [], ids });
  await makeRoomOn(deps, row.id, tip, about);
  const { installationId } = deps;
  const plan = await planSaves(tip, {
    spaceId: row.id,
    installationId,
    batches,
    entries: new Map(about.map((entry) => [entry.id, entry])),
  });
  await requirePrivacy(deps, row, batches, execution);
  const index = await indexChanges(deps.db, row, tip, kindsIn(batches));
  if (index.length === 0) return plan;
  const last = plan.commits.at(-1);
  if (last === undefined) plan.commits.push(indexCommit({ row, installationId, tip }, index));
  else last.changes = [...last.changes, ...index];
  return plan;
}

/** New entries whose path is a file at the tip that is no entry get another: what is not ours is not touched. */
async function makeRoomOn(
  { db }: ActivityDependencies,
  spaceId: string,
  tip: Tip,
  about: Entry[],
): Promise<void> {
  const fresh = about.filter(({ gitBlob: git, headBlob: head }) => git === null && head !== null);
  const strangers = await tip.blobIds(fresh.map(({ path }) => path));
  if (strangers.size === 0) return;
  const taken = new Set(strangers.keys());
  await db.transaction().execute(async (trx) => {
    for (const entry of fresh) {
      if (!strangers.has(entry.path)) continue;
      entry.path = await firstFreePath(trx, spaceId, entry.path, taken);
      await moveNewEntry(trx, spaceId, entry.id, entry.path);
    }
  });
}

function kindsIn(batches: readonly WaitingSaveBatch[]): Set<string> {
  return new Set(batches.flatMap(({ saves }) => saves.map(({ kind }) => kind)));
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
