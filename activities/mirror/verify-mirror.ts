import { findMirror, mirrorKey, type Mirror } from '../../db/mirror/mirrors.ts';
import { listRefused } from '../../db/streams/refused-files.ts';
import { listRenderedFiles } from '../../db/mirror/rendered-files.ts';
import {
  findVerification,
  putVerification,
  replaceExpectedFiles,
} from '../../db/mirror/verifications.ts';
import { countWaiting } from '../../db/mirror/waiting-changes.ts';
import { StreamFailure } from '../../model/streams/errors.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import { mirrorStream, type MirrorKey } from '../../model/mirror/ids.ts';
import {
  failedVerification,
  pathDifferences,
  type PathDifference,
  type Verification,
} from '../../model/mirror/verification.ts';
import type { VerifyResult } from './contract.ts';
import { askHost } from '../streams/ask-host.ts';
import type { ActivityDependencies } from '../streams/dependencies.ts';
import { withHeartbeat, type Execution } from '../streams/execution.ts';
import { noteDrift } from './drift.ts';
import { readExpected } from './expected-files.ts';
import type { RenderedFile } from '../../model/platform/tree.ts';
import { openMirrorRemote, repositoryOf } from './open-mirror.ts';
import { readPlace } from './place.ts';
import { isActive, needsResync } from './read-mirror.ts';
import { readWholeBranch } from './window/read-window.ts';
import { writeWhole } from './window/render-view.ts';
import { takingTurns } from '../streams/taking-turns.ts';
import { isOfPart } from './parts/tree-parts.ts';
import { openTreeGuards, type TreeGuard } from './tree-guard.ts';

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
    const shown = { deps, stream, work: 'verification' } as const;
    const found = await withHeartbeat(
      (execution) =>
        askHost(deps, repositoryOf(row), execution, () => compare(deps, row, execution)),
      shown,
    );
    const { verification } = found;
    const before = await findVerification(deps.db, stream);
    await store(deps, stream, found);
    const drift = await noteDrift(deps, key, verification, before);
    const { outcome, differenceCount } = verification;
    return { outcome, differenceCount, ...(drift === null ? {} : { drift }) };
  } catch (error) {
    if (!(error instanceof StreamFailure)) throw error;
    const verification = failedVerification(beganAt, error);
    await store(deps, stream, { verification, expected: new Map() });
    if (error.code !== 'source_not_found') throw error;
    return { outcome: 'failed', differenceCount: 0 };
  }
}

/** A verification, and what the source makes of the first paths that differ. */
interface Found {
  verification: Verification;
  expected: ReadonlyMap<string, Uint8Array>;
}

async function store(
  { db, sealer }: ActivityDependencies,
  stream: StreamId,
  { verification, expected }: Found,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if (await putVerification(trx, stream, verification))
      await replaceExpectedFiles(trx, sealer, stream, expected);
  });
}

async function compare(
  deps: ActivityDependencies,
  row: Mirror,
  execution: Execution,
): Promise<Found> {
  const key = mirrorKey(row);
  const stream = mirrorStream(key);
  const checkedAt = new Date().toISOString();
  const settledBefore = await isQuiet(deps, row);
  const { view, before } = await readWholeBranch(deps, row, [], execution);
  const known = await listRenderedFiles(deps.db, stream);
  const guard = (await openTreeGuards(deps, row))(known);
  const expected = new Map<string, { blobId: string }>();
  const render = (step: string) =>
    filesOf(writeWhole(key, view, row.policy, before, (amount) => execution.step(step, amount)));
  const files = entriesOf(render('Rendering the project'), guard);
  for (const { path, blobId } of await takingTurns(files, execution))
    expected.set(path, { blobId });
  // Job runs and samples are history: they are compared with what was recorded.
  for (const [path, entry] of known) if (isOfPart(entry.owner)) expected.set(path, entry);
  execution.step('Reading the repository');
  const { sha, present } = await deps.git.withTip(
    await openMirrorRemote(deps, row),
    async (tip) => ({
      sha: tip.sha,
      present: (await readPlace(tip, row.subdirectory, view.platform)).present,
    }),
    { signal: execution.signal, onProgress: execution.step },
  );
  // What the host refuses stays as it was: the status says so, and this is no difference.
  for (const { path, blobId } of await listRefused(deps.db, stream)) {
    if (expected.get(path)?.blobId !== blobId) continue;
    expected.delete(path);
    present.delete(path);
  }
  const found = pathDifferences(expected, present);
  const settled = settledBefore && (await isQuiet(deps, row));
  const verification: Verification = {
    outcome: found.differenceCount === 0 ? 'identical' : settled ? 'different' : 'unsettled',
    failure: null,
    checkedAt,
    commit: sha,
    files: expected.size,
    ...found,
  };
  if (found.differenceCount === 0) return { verification, expected: new Map() };
  const again = guarded(render('Rendering what differs'), found.differences, guard);
  return { verification, expected: await readExpected(again, found.differences, execution) };
}

/** Whether nothing is on its way now, and nothing has changed since the row was read. */
async function isQuiet({ db }: ActivityDependencies, row: Mirror): Promise<boolean> {
  const key = mirrorKey(row);
  const now = await findMirror(db, key);
  if (now === null || needsResync(now) || now.generation !== row.generation) return false;
  return (await countWaiting(db, key)).undeliveredChanges === 0;
}

function* filesOf(writing: Iterable<RenderedFile[]>): Generator<RenderedFile> {
  for (const files of writing) yield* files;
}

/** Files as they would be in the tree, without their bytes: what has placeholders for secrets is meant to be so. */
function* entriesOf(
  files: Iterable<RenderedFile>,
  guard: TreeGuard,
): Generator<Pick<RenderedFile, 'path' | 'blobId'>> {
  for (const file of files) {
    const { path, blobId } = guard.asBefore(file) ?? guard.look(file);
    yield { path, blobId };
  }
}

/** Those of the files that differ, as they would be in the tree. */
function* guarded(
  files: Iterable<RenderedFile>,
  differences: readonly PathDifference[],
  guard: TreeGuard,
): Generator<RenderedFile> {
  const paths = new Set(differences.map(({ path }) => path));
  for (const file of files) if (paths.has(file.path)) yield guard.look(file);
}
