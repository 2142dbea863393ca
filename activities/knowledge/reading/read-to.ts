import { analyzeEntries } from '../../../db/knowledge/entry-writes.ts';
import { forgetBranch } from '../../../db/knowledge/forget-branch.ts';
import { forgetPartlyRead } from '../../../db/knowledge/forget-partly-read.ts';
import { saveEverythingAgain } from '../../../db/knowledge/save-everything-again.ts';
import { readHistory } from '../../../db/knowledge/history/space-histories.ts';
import { lockSpaceAt, noteLooked } from '../../../db/knowledge/space-marks.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
import type { Clone } from '../../../git/clones/clone-types.ts';
import type { Remote } from '../../../git/types.ts';
import { StreamFailure } from '../../../model/streams/errors.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import type { Execution } from '../../streams/execution.ts';
import { hasAcceptedRules } from './own-rules.ts';
import { prepareReading } from './prepare-reading.ts';
import { takeOver } from './take-over.ts';

/** If one reading changes more entries than this, the database's statistics are refreshed. */
const MANY_ENTRIES = 1_000;

/** What {@link readTo} needs. */
export interface ReadToInput {
  row: Space;
  remote: Remote;
  /** The commit that the branch is at; `null` if it does not exist. */
  sha: string | null;
  execution: Execution;
}

/**
 * Brings the database to a commit of the branch; returns how many entries changed. Throws `StreamFailure` with
 * `branch_gone` or `history_lost` if commits of ours are no longer in the branch, unless a person approved that, and
 * `ChangedMeanwhile` if the space has changed since it was read.
 */
export async function readTo(
  deps: ActivityDependencies,
  { row, remote, sha, execution }: ReadToInput,
): Promise<number> {
  if (sha === null) return readNothing(deps, row);
  if (await isRead(deps, row, sha)) return 0;
  const { step } = execution;
  return withinTime(deps.readingLimits.time, execution.signal, (signal) =>
    deps.clones.withClone(
      remote,
      { commit: sha },
      async (clone) => {
        const lost = await isLost(row, clone, sha);
        const within = { signal, step };
        const reading = await prepareReading(deps, { row, clone, sha, lost, execution: within });
        step('storing what was read');
        await takeOver(deps, reading);
        const entries = reading.changes.length;
        // The query planner guesses wrong about tables that were empty a moment ago.
        if (entries > MANY_ENTRIES) await analyzeEntries(deps.db);
        return entries;
      },
      { signal, onProgress: step },
    ),
  );
}

/** Ends work that takes longer than `time` (ms), by the signal that it gets. */
async function withinTime<T>(
  time: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(tooLong(time)), time);
  try {
    return await work(AbortSignal.any([signal, over.signal]));
  } catch (error) {
    // Whatever a killed git reports, the reason is the time.
    if (over.signal.aborted && !signal.aborted) throw over.signal.reason;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function tooLong(time: number): StreamFailure {
  return new StreamFailure(
    'reading_too_long',
    `Reading the branch took longer than ${Math.ceil(time / 60_000)} min, and was ended; the next attempt continues. ` +
      'If that does not help, use a branch with a shorter history, or raise GITWARD_MAX_READ_TIME.',
  );
}

/** Whether entries and history are at this commit. A reading that was lost leaves the history at another one. */
async function isRead({ db }: ActivityDependencies, row: Space, sha: string): Promise<boolean> {
  if (sha !== row.syncedSha || row.rereadWanted || row.partlyRead || hasAcceptedRules(row))
    return false;
  const history = await readHistory(db, row.id, row.root);
  return history.sha === sha;
}

/** Handles a branch that does not exist: it is new, or was removed. */
async function readNothing(deps: ActivityDependencies, row: Space): Promise<number> {
  // A first reading that was lost on the way has already marked what is in our commit as delivered.
  const last = row.syncedSha ?? row.deliveredSha;
  if (last === null) {
    if (row.partlyRead)
      await deps.db.transaction().execute(async (trx) => {
        await lockSpaceAt(trx, row);
        await forgetPartlyRead(trx, row.id);
      });
    await noteLooked(deps.db, row);
    return 0;
  }
  if (row.approvedAt === null)
    throw new StreamFailure(
      'branch_gone',
      `The branch no longer exists: it was at ${last}. Restore it, or approve that Gitward creates it again from what it has.`,
    );
  await deps.db.transaction().execute(async (trx) => {
    await lockSpaceAt(trx, row);
    await forgetBranch(trx, row.id);
    await saveEverythingAgain(trx, row.id);
  });
  return 0;
}

/** Whether our last commit is no longer in the branch. Throws if it is not, and nobody approved that. */
async function isLost(row: Space, clone: Clone, sha: string): Promise<boolean> {
  const { deliveredSha: delivered, approvedAt: approved } = row;
  if (delivered === null) return false;
  if ((await clone.has(delivered)) && (await clone.isAncestor(delivered, sha))) return false;
  if (approved !== null) return true;
  throw new StreamFailure(
    'history_lost',
    `Our last commit ${delivered} is no longer in the branch: its history was rewritten. ` +
      'Restore the branch, or approve that Gitward continues from what is there.',
  );
}
