import { batchWaitingSaves } from '../../../db/knowledge/save-batches.ts';
import { lookAtReviewsNow } from '../../../db/knowledge/reviews/review-marks.ts';
import { noteLooked } from '../../../db/knowledge/space-marks.ts';
import { findSpace, type Space } from '../../../db/knowledge/spaces.ts';
import { noteRefusals } from '../../../db/streams/refused-files.ts';
import { openRemote } from '../../../db/streams/open-remote.ts';
import { styleOf } from '../../../model/streams/commit-style.ts';
import type { Remote } from '../../../git/types.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import type { SpaceKey, SyncSpaceResult } from '../contract.ts';
import { askHost } from '../../streams/ask-host.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import { withHeartbeat, type Execution } from '../../streams/execution.ts';
import { closeConflicts } from './close-conflicts.ts';
import { draftMessage } from './compose-saves.ts';
import { countSpace, isSpaceActive } from './read-space.ts';
import { readTo } from '../reading/read-to.ts';
import { sendSaves } from './send-saves.ts';

/**
 * See `SpaceActivities.syncSpace`. Reading comes first, and what was sent is read back like anybody's push: wherever it
 * is killed, the next attempt reads the branch and finds our commits there. Throws `ChangedMeanwhile` if the space's
 * row changed in the meantime.
 */
export async function syncSpace(
  deps: ActivityDependencies,
  { spaceId }: SpaceKey,
): Promise<SyncSpaceResult> {
  return withHeartbeat(async (execution) => {
    const stream = spaceStream(spaceId);
    const row = await findSpace(deps.db, spaceId);
    const done = isSpaceActive(row)
      ? await askHost(deps, { ...row, stream }, execution, () => readAndSend(deps, row, execution))
      : { tip: null, commits: 0, entries: 0 };
    const refusals = await noteRefusals(deps.db, stream);
    return {
      ...done,
      ...(refusals === null ? {} : { refusals }),
      ...(await countSpace(deps, spaceId, await findSpace(deps.db, spaceId))),
    };
  });
}

async function readAndSend(
  deps: ActivityDependencies,
  row: Space,
  execution: Execution,
): Promise<Pick<SyncSpaceResult, 'tip' | 'commits' | 'entries'>> {
  const remote = { ...(await openRemote(deps, row)), style: styleOf(row.rules.commits) };
  const read = await readTip(deps, row, remote, execution);
  // Not after the delivery: while that fails, an approval that was not needed would count for whatever comes.
  await noteLooked(deps.db, row);
  await closeConflicts(deps, row.id, execution);
  await batchWaitingSaves(deps.db, row.id, draftMessage);
  const sent = await sendSaves(deps, { seen: row, remote }, execution);
  // What came with it may be what a review became.
  if (read.entries + sent.entries > 0) await lookAtReviewsNow(deps.db, row.id, { merging: true });
  return {
    tip: sent.tip ?? read.tip,
    commits: sent.commits,
    entries: read.entries + sent.entries,
  };
}

/** Reads what others pushed; costs one request if they did not push. */
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
