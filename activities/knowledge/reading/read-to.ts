import { analyzeEntries } from '../../../db/knowledge/entry-writes.ts';
import { forgetBranch } from '../../../db/knowledge/forget-branch.ts';
import { forgetPartlyRead } from '../../../db/knowledge/forget-partly-read.ts';
import { saveEverythingAgain } from '../../../db/knowledge/save-everything-again.ts';
import { readHistory } from '../../../db/knowledge/space-histories.ts';
import { lockSpaceAt, noteLooked } from '../../../db/knowledge/space-marks.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
import type { Clone } from '../../../git/clones/clone-types.ts';
import type { Remote } from '../../../git/types.ts';
import { StreamFailure } from '../../../model/streams/errors.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import type { Execution } from '../../streams/execution.ts';
import { prepareReading } from './prepare-reading.ts';
import { takeOver } from './take-over.ts';

/** Entries of one reading after which the database looks at its tables anew. */
const MANY_ENTRIES = 1_000;

/** What {@link readTo} needs. */
export interface ReadToInput {
  row: Space;
  remote: Remote;
  /** The commit that the branch is at; `null`: it does not exist. */
  sha: string | null;
  execution: Execution;
}

/**
 * Brings the database to a commit of the branch; answers how many entries changed. Throws `StreamFailure` with
 * `branch_gone` or `history_lost` where commits of ours are not in the branch any more, unless a person approved; and
 * `ChangedMeanwhile` where the space is not any more as it was seen.
 */
export async function readTo(
  deps: ActivityDependencies,
  { row, remote, sha, execution }: ReadToInput,
): Promise<number> {
  if (sha === null) return readNothing(deps, row);
  if (await isRead(deps, row, sha)) return 0;
  const { signal, step } = execution;
  return deps.clones.withClone(
    remote,
    { commit: sha },
    async (clone) => {
      const lost = await isLost(row, clone, sha);
      const reading = await prepareReading(deps, { row, clone, sha, lost, execution });
      step('storing what was read');
      await takeOver(deps.db, reading);
      const entries = reading.changes.length;
      // The planner guesses wrongly of tables that were empty a moment ago.
      if (entries > MANY_ENTRIES) await analyzeEntries(deps.db);
      return entries;
    },
    { signal, onProgress: step },
  );
}

/** Whether the entries and the history are of this commit. A reading that was lost leaves the history at another. */
async function isRead({ db }: ActivityDependencies, row: Space, sha: string): Promise<boolean> {
  if (sha !== row.syncedSha || row.rereadWanted || row.partlyRead) return false;
  const history = await readHistory(db, row.id, row.root);
  return history.sha === sha;
}

/** A branch that does not exist: new, or gone. */
async function readNothing(deps: ActivityDependencies, row: Space): Promise<number> {
  // A first reading that was lost on the way has marked what our commit there holds as delivered.
  const last = row.syncedSha ?? row.deliveredSha;
  if (last === null) {
    if (row.partlyRead)
      await deps.db.transaction().execute(async (trx) => {
        await lockSpaceAt(trx, row);
        await forgetPartlyRead(trx, row.id);
      });
    await noteLooked(deps.db, row.id);
    return 0;
  }
  if (row.approvedAt === null)
    throw new StreamFailure(
      'branch_gone',
      `The branch is gone: it was at ${last}. Restore it, or approve that it is made anew from what Gitward holds.`,
    );
  await deps.db.transaction().execute(async (trx) => {
    await lockSpaceAt(trx, row);
    await forgetBranch(trx, row.id);
    await saveEverythingAgain(trx, row.id);
  });
  return 0;
}

/** Whether our last commit is not in the branch any more. Throws where it is not, and nobody said that this is right. */
async function isLost(row: Space, clone: Clone, sha: string): Promise<boolean> {
  const { deliveredSha: delivered, approvedAt: approved } = row;
  if (delivered === null) return false;
  if ((await clone.has(delivered)) && (await clone.isAncestor(delivered, sha))) return false;
  if (approved !== null) return true;
  throw new StreamFailure(
    'history_lost',
    `Our last commit ${delivered} is not in the branch any more: its history was rewritten. ` +
      'Restore the branch, or approve that Gitward goes on from what is there.',
  );
}
