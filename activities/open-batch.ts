import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import { findBatchOfWindow, insertBatch, lastWaitingBatch } from '../db/batches.ts';
import { lockMirror, noteGathered, silenceDoorbell } from '../db/mirror-marks.ts';
import { findMirror, type MirrorRow } from '../db/mirrors.ts';
import {
  givenPaths,
  readRenderedFiles,
  updateRenderedFiles,
  type RenderedEntry,
} from '../db/rendered-files.ts';
import type { Database } from '../db/schema.ts';
import { assignToBatch, markAlreadyDelivered, readWaitingChanges } from '../db/waiting-changes.ts';
import { claimChanges } from '../model/claim.ts';
import { treeDifference } from '../model/difference.ts';
import type { WaitingChange } from '../model/events.ts';
import { mirrorStream, type MirrorKey } from '../model/ids.ts';
import { composeBatch } from './compose-batch.ts';
import type { OpenBatchInput, OpenBatchResult } from './contract.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { withHeartbeat, type Execution } from './execution.ts';
import { readAndRender, type Rendered } from './read-and-render.ts';
import { countStream, isActive, needsResync } from './read-mirror.ts';

/** The part of the result that says what the window came to. */
type Outcome = Pick<OpenBatchResult, 'batchId' | 'changes' | 'files'>;

const nothing: Outcome = { batchId: null, changes: 0, files: 0 };

/**
 * Fixes which changes belong to the window, reads and renders the project, and stores what differs
 * from the rendered state as a batch: all in one transaction, named by the window's key, so that a
 * repeated call finds what the first one did. While everything is rendered anyway (an initial
 * mirror, a new policy) no batch is made: the changes join that commit.
 */
export async function openBatch(
  deps: ActivityDependencies,
  input: OpenBatchInput,
): Promise<OpenBatchResult> {
  const key = { projectId: input.projectId, branchId: input.branchId };
  const outcome = await withHeartbeat((execution) => gather(deps, key, input, execution));
  return { ...outcome, ...(await countStream(deps.db, key, await findMirror(deps.db, key))) };
}

async function gather(
  deps: ActivityDependencies,
  key: MirrorKey,
  input: OpenBatchInput,
  execution: Execution,
): Promise<Outcome> {
  const { db } = deps;
  const stream = mirrorStream(key);
  const made = await findBatchOfWindow(db, stream, input.windowKey);
  if (made !== undefined) return { ...nothing, batchId: made.id };
  const row = await findMirror(db, key);
  if (!isActive(row) || needsResync(row)) return nothing;
  if (!input.catchUp && (await silenceDoorbell(db, key))) return nothing;
  const before = await readRenderedFiles(db, stream);
  const rendered = await readAndRender(deps, row, givenPaths(before.values()), execution);
  execution.step('Storing the batch');
  return db.transaction().execute((trx) => store(trx, deps, { key, input, row, before, rendered }));
}

interface Gathered {
  key: MirrorKey;
  input: OpenBatchInput;
  row: MirrorRow;
  before: Map<string, RenderedEntry>;
  rendered: Rendered;
}

async function store(
  trx: Transaction<Database>,
  deps: ActivityDependencies,
  gathered: Gathered,
): Promise<Outcome> {
  const { key, input, row, before, rendered } = gathered;
  const { rendering, reading } = rendered;
  const locked = await lockMirror(trx, key, row.generation);
  const { taken } = claimChanges(await readWaitingChanges(trx, key), reading);
  const present = new Map([...before.values()].map(({ path, blobId }) => [path, blobId]));
  const difference = treeDifference(rendering.files, present);
  const files = difference.written.length + difference.removed.length;

  let batchId: string | null = null;
  if (files > 0) {
    batchId = randomUUID();
    const reason = taken.length > 0 ? 'changes' : 'catch-up';
    const composed = composeBatch({
      reason,
      branchId: key.branchId,
      projectName: rendered.projectName,
      project: rendered.project,
      changes: taken,
      difference,
      ownerBefore: (path) => before.get(path)?.owner,
      replacedSecrets: rendering.replacedSecrets.length,
      unlinked: rendering.unlinked ?? [],
      readAt: reading.beganAt,
    });
    await insertBatch(trx, deps.sealer, {
      id: batchId,
      stream: mirrorStream(key),
      windowKey: input.windowKey,
      reason,
      through: taken.at(-1)?.sequence ?? 0,
      ...composed,
      windowOpenedAt: input.openedAt,
      windowClosedAt: input.closedAt,
      files: [
        ...difference.removed.map((path) => ({ path, blobId: null, content: null })),
        ...difference.written,
      ],
    });
    await updateRenderedFiles(trx, mirrorStream(key), difference);
  }
  await settle(trx, key, taken, batchId, locked.delivered_sha);
  await noteGathered(trx, key, { ...rendering, changedFiles: files });
  return { batchId, changes: taken.length, files };
}

/** Gives the changes to their batch; without one, to what already holds their result. */
async function settle(
  trx: Transaction<Database>,
  key: MirrorKey,
  taken: readonly WaitingChange[],
  batchId: string | null,
  deliveredSha: string | null,
): Promise<void> {
  const sequences = taken.map(({ sequence }) => sequence);
  const holder = batchId ?? (await lastWaitingBatch(trx, mirrorStream(key)));
  if (holder === null)
    await markAlreadyDelivered(trx, key, sequences, { sha: deliveredSha, at: new Date() });
  else await assignToBatch(trx, key, sequences, holder);
}
