import { findMirror, mirrorKey, type Mirror } from '../../db/mirror/mirrors.ts';
import { listRenderedFiles } from '../../db/mirror/rendered-files.ts';
import { putVerification } from '../../db/mirror/verifications.ts';
import { countWaiting } from '../../db/mirror/waiting-changes.ts';
import { StreamFailure } from '../../model/streams/errors.ts';
import { mirrorStream, type MirrorKey } from '../../model/mirror/ids.ts';
import {
  failedVerification,
  pathDifferences,
  type Verification,
} from '../../model/mirror/verification.ts';
import type { VerifyResult } from './contract.ts';
import type { ActivityDependencies } from '../streams/dependencies.ts';
import { withHeartbeat, type Execution } from '../streams/execution.ts';
import type { RenderedFile } from '../../model/platform/tree.ts';
import { openMirrorRemote } from './open-mirror.ts';
import { listOwnedFiles } from './place.ts';
import { isActive, needsResync } from './read-mirror.ts';
import { readWholeBranch } from './window/read-window.ts';
import { writeWhole } from './window/render-view.ts';
import { takingTurns } from '../streams/taking-turns.ts';
import { partKinds } from './parts/tree-parts.ts';

/**
 * Reads the whole source, renders it, and compares it with the tip, blob id by blob id. Stores only the
 * verdict or, if the source or the repository cannot be read, the failure. It then also throws, as `openBatch`
 * and `deliver` do, except if the branch no longer exists in the source, because the mirror is then about to end.
 */
export async function verifyMirror(
  deps: ActivityDependencies,
  key: MirrorKey,
): Promise<VerifyResult> {
  const row = await findMirror(deps.db, key);
  if (!isActive(row)) return { outcome: null, differenceCount: 0 };
  const beganAt = new Date().toISOString();
  const stream = mirrorStream(key);
  try {
    const verification = await withHeartbeat((execution) => compare(deps, row, execution));
    await putVerification(deps.db, stream, verification);
    return { outcome: verification.outcome, differenceCount: verification.differenceCount };
  } catch (error) {
    if (!(error instanceof StreamFailure)) throw error;
    await putVerification(deps.db, stream, failedVerification(beganAt, error));
    if (error.code !== 'source_not_found') throw error;
    return { outcome: 'failed', differenceCount: 0 };
  }
}

async function compare(
  deps: ActivityDependencies,
  row: Mirror,
  execution: Execution,
): Promise<Verification> {
  const key = mirrorKey(row);
  const stream = mirrorStream(key);
  const checkedAt = new Date().toISOString();
  const settledBefore = await isQuiet(deps, row);
  const { view, before } = await readWholeBranch(deps, row, [], execution);
  execution.step('Rendering the project');
  const expected = new Map<string, { blobId: string }>();
  const files = entriesOf(writeWhole(key, view, row.policy, before));
  for (const { path, blobId } of await takingTurns(files, execution))
    expected.set(path, { blobId });
  // Job runs and samples are history: they are compared with what was recorded.
  const recorded = await listRenderedFiles(deps.db, stream, { owners: [], kinds: partKinds });
  for (const [path, entry] of recorded) expected.set(path, entry);
  execution.step('Reading the tip');
  const { sha, present } = await deps.git.withTip(
    await openMirrorRemote(deps, row),
    async (tip) => ({
      sha: tip.sha,
      present: await listOwnedFiles(tip, row.subdirectory, view.platform),
    }),
    { signal: execution.signal, onProgress: execution.step },
  );
  const found = pathDifferences(expected, present);
  const settled = settledBefore && (await isQuiet(deps, row));
  return {
    outcome: found.differenceCount === 0 ? 'identical' : settled ? 'different' : 'unsettled',
    failure: null,
    checkedAt,
    commit: sha,
    files: expected.size,
    ...found,
  };
}

/** Whether nothing is on its way now, and nothing has changed since the row was read. */
async function isQuiet({ db }: ActivityDependencies, row: Mirror): Promise<boolean> {
  const key = mirrorKey(row);
  const now = await findMirror(db, key);
  if (now === null || needsResync(now) || now.generation !== row.generation) return false;
  return (await countWaiting(db, key)).undeliveredChanges === 0;
}

/** Files without their bytes. */
function* entriesOf(
  writing: Iterable<RenderedFile[]>,
): Generator<Pick<RenderedFile, 'path' | 'blobId'>> {
  for (const files of writing) for (const { path, blobId } of files) yield { path, blobId };
}
