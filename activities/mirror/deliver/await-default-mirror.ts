import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '../../../db/connect.ts';
import { findDefaultMirror, type Mirror } from '../../../db/mirror/mirrors.ts';
import type { Execution } from '../../streams/execution.ts';
import { startBranchOf } from '../open-mirror.ts';
import { isActive } from '../read-mirror.ts';

/** How long a first commit waits for the one that it could begin from, and between two looks, in ms. */
const patience = 60_000;
const pause = 1_000;

/**
 * Before the first commit of a development branch, gives the default branch's mirror time to make its
 * own: whoever enables both at once wants to compare them, and two histories without a common commit
 * cannot be. Past that time, or where that mirror does not work, the branch begins without it.
 */
export async function awaitDefaultMirror(
  db: Db,
  row: Mirror,
  { signal, step }: Execution,
): Promise<void> {
  if (row.deliveredSha !== null) return;
  const deadline = Date.now() + patience;
  while (Date.now() < deadline) {
    const other = await findDefaultMirror(db, row.projectId);
    if (!isActive(other) || other.initializedAt !== null) return;
    if ((await startBranchOf(db, row)) !== other.repositoryBranch) return;
    step("Waiting for the default branch's first commit");
    await sleep(pause, undefined, { signal });
  }
}
