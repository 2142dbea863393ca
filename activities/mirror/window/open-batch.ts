import { randomUUID } from 'node:crypto';
import type { Trx } from '../../../db/connect.ts';
import {
  findBatchOfWindow,
  insertBatch,
  findLastWaitingBatch,
} from '../../../db/streams/batches.ts';
import { lockGeneration, noteWindow, silenceDoorbell } from '../../../db/mirror/mirror-marks.ts';
import { findMirror, mirrorKey, type Mirror } from '../../../db/mirror/mirrors.ts';
import { listRenderedFiles, updateRenderedFiles } from '../../../db/mirror/rendered-files.ts';
import { forgetRemoval } from '../../../db/streams/held-removals.ts';
import { updateSnapshot } from '../../../db/mirror/snapshots.ts';
import {
  assignToBatch,
  markAlreadyDelivered,
  listWaitingChanges,
} from '../../../db/mirror/waiting-changes.ts';
import { claimChanges } from '../../../model/mirror/claim.ts';
import { commitEventType, type WaitingChange } from '../../../model/mirror/events.ts';
import { mirrorStream, type MirrorKey } from '../../../model/mirror/ids.ts';
import type { RenderedFile } from '../../../model/platform/tree.ts';
import { StreamFailure } from '../../../model/streams/errors.ts';
import { withChange, type SnapshotChange } from '../../../model/mirror/snapshot.ts';
import { composeBatch } from '../deliver/compose-batch.ts';
import type { OpenBatchInput, OpenBatchResult } from '../contract.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import { newAttributes } from '../attributes.ts';
import { endIfBranchGone } from '../end-branch.ts';
import { withHeartbeat, type Execution } from '../../streams/execution.ts';
import { turnTaker } from '../../streams/taking-turns.ts';
import { countStream, isActive, needsResync } from '../read-mirror.ts';
import {
  filesBefore,
  readingOf,
  readWindow,
  renderedWith,
  type ReadWindow,
} from './read-window.ts';
import { snapshotChange } from './render-view.ts';
import { askParts, type PartsOutcome } from '../parts/tree-parts.ts';
import { openTreeGuards, type TreeGuard } from '../tree-guard.ts';
import { holdUntold } from '../untold-removals.ts';
import { toldWindow, type ToldWindow } from './told-window.ts';
import { windowDifference, windowFindings, windowReason } from './window-difference.ts';

/** The part of the result that says what became of the window. */
type Outcome = Pick<OpenBatchResult, 'batchId' | 'changes' | 'files'>;

const nothing: Outcome = { batchId: null, changes: 0, files: 0 };

/**
 * Reads and renders what the waiting changes touch, decides which of them belong to the window, and stores the
 * difference from the rendered state as a batch. This is stored in one transaction, identified by the window's
 * key, so that a repeated call finds what the first one did. If everything is about to be rendered anyway (a new
 * mirror, a new policy), no batch is made: the changes join that commit.
 */
export async function openBatch(
  deps: ActivityDependencies,
  input: OpenBatchInput,
): Promise<OpenBatchResult> {
  const key = { projectId: input.projectId, branchId: input.branchId };
  const shown = { deps, stream: mirrorStream(key), work: 'window' } as const;
  const outcome = await toldWindow(deps, key, (told) =>
    withHeartbeat(async (execution) => {
      try {
        return await makeBatch(deps, key, { input, execution, told });
      } catch (error) {
        // This has stored the mirror's last batch, and the next delivery sends it.
        if (await endIfBranchGone(deps, key, error, execution)) return nothing;
        throw error;
      }
    }, shown),
  );
  return { ...outcome, ...(await countStream(deps.db, key, await findMirror(deps.db, key))) };
}

/** A window, and how its steps are told. */
interface Window {
  input: OpenBatchInput;
  execution: Execution;
  told: ToldWindow;
}

async function makeBatch(
  deps: ActivityDependencies,
  key: MirrorKey,
  window: Window,
): Promise<Outcome> {
  const queued = await window.told.dequeue(() => dequeue(deps, key, window.input));
  if ('outcome' in queued) return queued.outcome;
  return window.told.coalesce((traceparent) =>
    coalesce(deps, { ...window, ...queued, traceparent }),
  );
}

/** The mirror and its waiting changes, or the outcome if there is nothing to do. */
async function dequeue(
  { db }: ActivityDependencies,
  key: MirrorKey,
  { windowKey, catchUp }: OpenBatchInput,
): Promise<{ row: Mirror; changes: WaitingChange[] } | { outcome: Outcome }> {
  const made = await findBatchOfWindow(db, mirrorStream(key), windowKey);
  if (made !== undefined) return { outcome: { ...nothing, batchId: made.id } };
  const row = await findMirror(db, key);
  if (!isActive(row) || needsResync(row)) return { outcome: nothing };
  if (!catchUp && (await silenceDoorbell(db, key))) return { outcome: nothing };
  return { row, changes: await listWaitingChanges(db, key) };
}

async function coalesce(
  deps: ActivityDependencies,
  {
    input,
    execution,
    row,
    changes,
    traceparent,
  }: Omit<Window, 'told'> & { row: Mirror; changes: WaitingChange[]; traceparent: string | null },
): Promise<Outcome> {
  const { db } = deps;
  const key = mirrorKey(row);
  const scope = input.catchUp ? 'catch-up' : 'window';
  const found = await readWindow(deps, row, { catchUp: input.catchUp, changes }, execution);
  const parts = await askParts({
    deps,
    row,
    platform: found.platform,
    source: found.source,
    execution,
    changes,
    scope,
    storage: found.view.storageRead ? found.view.storage : null,
    asOf: new Date(found.beganAt),
  });
  const read = renderedWith(parts.shown, found, row);
  execution.step('Storing the batch');
  const before = {
    project: await filesBefore(deps, row, read),
    parts: await listRenderedFiles(db, mirrorStream(key), {
      owners: [...parts.files, ...parts.removed].map(({ owner }) => owner),
      kinds: [],
    }),
  };
  const { files } = read.rendered.rendering;
  const written = [...files.keys(), ...parts.files.map(({ path }) => path)];
  parts.files.push(...(await newAttributes(db, row, written)));
  const guard = (await openTreeGuards(deps, row))(new Map([...before.project, ...before.parts]));
  const passed = await guardFiles(guard, [...files.values(), ...parts.files], execution);
  const changed = windowDifference({ files: passed, leaving: parts.removed }, before);
  await requireTold(deps, { row, read, changed, before });
  const known = snapshotChange(read.snapshot, read.view, read.rendered);
  const contents = { input, row, read, parts, before, guard, changed, known, traceparent };
  const outcome = await db.transaction().execute((trx) => store(trx, deps, contents));
  // The lock made sure that it was still this generation, and storing raised it by one.
  deps.snapshots.keep(row, row.generation + 1, withChange(read.snapshot, known));
  return outcome;
}

/** Files as they may be stored, by path. What did not change needs no bytes. */
async function guardFiles(
  guard: TreeGuard,
  files: readonly RenderedFile[],
  execution: Execution,
): Promise<Map<string, RenderedFile>> {
  const passed = new Map<string, RenderedFile>();
  const pause = turnTaker(execution);
  for (const file of files) {
    const known = guard.asBefore(file);
    passed.set(file.path, known === null ? guard.look(file) : { ...known, content: withheld });
    await pause();
  }
  return passed;
}

const withheld = new Uint8Array();

interface WindowContents {
  input: OpenBatchInput;
  row: Mirror;
  read: ReadWindow;
  parts: PartsOutcome;
  before: WindowBefore;
  guard: TreeGuard;
  changed: ReturnType<typeof windowDifference>;
  known: SnapshotChange;
  /** The trace that the batch belongs to. */
  traceparent: string | null;
}

type WindowBefore = Parameters<typeof windowDifference>[1];

/** Throws `StreamFailure` (`mass_removal`) if much would be removed that nobody reported as deleted, and nobody allowed. */
async function requireTold(
  deps: ActivityDependencies,
  { row, read, changed, before }: Pick<WindowContents, 'row' | 'read' | 'changed' | 'before'>,
): Promise<void> {
  const { files } = read.rendered.rendering;
  const removed = changed.difference.removed.flatMap((path) => before.project.get(path) ?? []);
  const owners = new Set([...files.values()].map(({ owner }) => owner));
  const held = await holdUntold(deps, {
    row,
    read,
    removed,
    isGone: (owner) => !owners.has(owner),
  });
  if (held !== null) throw new StreamFailure(held.code, held.message);
}

async function store(
  trx: Trx,
  deps: ActivityDependencies,
  { input, row, read, parts, before, guard, changed, known, traceparent }: WindowContents,
): Promise<Outcome> {
  const key = mirrorKey(row);
  const stream = mirrorStream(key);
  const { view, rendered, beganAt } = read;
  const locked = await lockGeneration(trx, key, row.generation);
  const { taken } = claimChanges(await listWaitingChanges(trx, key), readingOf(read));
  const { difference, entries } = changed;
  const files = difference.written.length + difference.removed.length;

  let batchId: string | null = null;
  if (files > 0) {
    batchId = randomUUID();
    const reason = windowReason(taken, difference, view.platform.layout);
    const redactions = rendered.rendering.replacedSecrets.length + parts.replacedSecrets.length;
    const composed = composeBatch({
      reason,
      key,
      projectName: read.projectName,
      view,
      changes: taken,
      difference,
      ownerBefore: (path) => (before.project.get(path) ?? before.parts.get(path))?.owner,
      replacedSecrets: redactions,
      unlinked: rendered.rendering.unlinked,
      authors: row.policy.commits ?? {},
      readAt: beganAt,
      guard,
    });
    await insertBatch(trx, deps.sealer, {
      id: batchId,
      stream,
      windowKey: input.windowKey,
      reason,
      through: taken.at(-1)?.sequence ?? 0,
      ...composed,
      windowOpenedAt: input.openedAt,
      windowClosedAt: input.closedAt,
      redactions,
      traceparent,
      eventType: commitEventType(taken),
      files: [
        ...difference.removed.map((path) => ({ path, blobId: null, content: null })),
        ...difference.written,
      ],
    });
  }
  await updateRenderedFiles(trx, stream, entries);
  await guard.keep(trx, stream, difference.removed);
  if (view.complete) await forgetRemoval(trx, stream);
  await updateSnapshot(trx, deps.sealer, stream, known, { anew: read.snapshot === null });
  await parts.keep(trx);
  await assignChanges(trx, key, taken, batchId, locked.deliveredSha);
  await noteWindow(trx, key, windowFindings(locked, rendered, parts, view.platform.layout));
  return { batchId, changes: taken.length, files };
}

/** Assigns the changes to their batch or, if there is none, to what already contains their result. */
async function assignChanges(
  trx: Trx,
  key: MirrorKey,
  taken: readonly WaitingChange[],
  batchId: string | null,
  deliveredSha: string | null,
): Promise<void> {
  const sequences = taken.map(({ sequence }) => sequence);
  const holder = batchId ?? (await findLastWaitingBatch(trx, mirrorStream(key)));
  if (holder === null)
    await markAlreadyDelivered(trx, key, sequences, { sha: deliveredSha, at: new Date() });
  else await assignToBatch(trx, key, sequences, holder);
}
