import { randomUUID } from 'node:crypto';
import {
  insertDeliveredBatch,
  knownBatchIds,
  markBatchDelivered,
  supersedeWaitingBatches,
} from '../../../db/streams/batches.ts';
import {
  askForResync,
  lockMirror,
  MirrorChangedMeanwhile,
  noteResynced,
} from '../../../db/mirror/mirror-marks.ts';
import { findMirror, keyOf, type Mirror } from '../../../db/mirror/mirrors.ts';
import {
  readRenderedFiles,
  replaceRenderedFiles,
  type RenderedEntry,
} from '../../../db/mirror/rendered-files.ts';
import { updateSnapshot } from '../../../db/mirror/snapshots.ts';
import {
  assignToBatch,
  markAlreadyDelivered,
  readUndeliveredChanges,
  readWaitingChanges,
} from '../../../db/mirror/waiting-changes.ts';
import type { Delivery, Plan, PlannedCommit, StreamCommit, Tip } from '../../../git/types.ts';
import { claimChanges } from '../../../model/mirror/claim.ts';
import type { CommitReason } from '../../../model/streams/commit.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import type { StreamId } from '../../../model/streams/ids.ts';
import { isSamplePath } from '../../../platforms/samples/sample-paths.ts';
import { checkVisibility } from '../../streams/check-visibility.ts';
import { composeBatch } from './compose-batch.ts';
import type { Delivered } from '../../streams/contract.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import { recordAttempt } from '../../streams/record-attempt.ts';
import { examineTip } from '../../streams/examine-tip.ts';
import type { Execution } from '../../streams/execution.ts';
import { inheritedFiles, strangeFiles } from '../inherited-files.ts';
import { openRemote } from '../open-mirror.ts';
import { listOwnedFiles } from '../place.ts';
import { isActive } from '../read-mirror.ts';
import { readEverything, readingOf } from '../window/read-window.ts';
import { outlined, snapshotChange } from '../window/render-view.ts';
import { takingTurns } from '../../streams/taking-turns.ts';
import { askParts } from '../parts/tree-parts.ts';
import { changesToWhole, notGoneThrough, type GoneThrough, type WholeTree } from './whole-tree.ts';

/** What a full delivery is about. */
interface Everything {
  row: Mirror;
  reason: CommitReason;
  batchId: string;
  before: Map<string, RenderedEntry>;
  tree: WholeTree;
}

/** What the plan found on the tip, and what it made of it. */
interface Decision {
  newer: StreamCommit[];
  /** Batches that an earlier delivery had sent before it was lost, and in which commit. */
  sent: Map<string, string>;
  gone: GoneThrough;
  /** What the commit says; `null` where none is needed. Asked for when all changes were made. */
  compose: (() => Composed) | null;
}

type Composed = ReturnType<typeof composeBatch>;

/**
 * Renders the whole project and commits what the tip lacks: the first commit of a mirror, a new policy, or
 * a recovery whose marks are lost. Nothing of it is stored before: it can be rendered again.
 * Waiting batches are given up and their changes join the commit.
 */
export async function deliverEverything(
  deps: ActivityDependencies,
  row: Mirror,
  execution: Execution,
): Promise<Delivered> {
  const key = keyOf(row);
  const before = await readRenderedFiles(deps.db, mirrorStream(key));
  const changes = await readUndeliveredChanges(deps.db, key);
  const read = await readEverything(deps, row, changes, execution);
  const parts = await askParts({
    deps,
    row,
    source: read.source,
    execution,
    changes,
    scope: 'everything',
    storage: read.view.storage,
    asOf: new Date(read.beganAt),
  });
  const everything: Everything = {
    row,
    reason: row.resyncReason ?? 'recovery',
    batchId: randomUUID(),
    before,
    tree: { row, read, parts },
  };
  // The plan that counts is the last one: it is asked again for each tip.
  const decided: { last: Decision | null } = { last: null };
  const delivery = await deps.git.deliver(
    await openRemote(deps, row),
    async (tip) => {
      const planned = await planEverything(deps, everything, tip, execution);
      decided.last = planned.decision;
      return planned.plan;
    },
    { signal: execution.signal, onProgress: execution.step },
  );
  if (decided.last !== null) await note(deps, everything, decided.last, delivery);
  return { tip: delivery.tip, commits: delivery.commits.length };
}

async function planEverything(
  deps: ActivityDependencies,
  everything: Everything,
  tip: Tip,
  execution: Execution,
): Promise<{ plan: Plan; decision: Decision | null }> {
  const { row, reason, batchId, before, tree } = everything;
  const { read, parts } = tree;
  const key = keyOf(row);
  const stream = mirrorStream(key);
  const approved = reason === 'adopt';
  // Whoever paused the mirror, or changed what or where it writes, does not expect this push.
  const now = await findMirror(deps.db, key);
  if (!isActive(now)) return { plan: { kind: 'nothing' }, decision: null };
  if (now.generation !== row.generation) throw new MirrorChangedMeanwhile(key);
  const examined = await examineTip(tip, {
    stream,
    installationId: deps.installationId,
    deliveredSha: row.deliveredSha,
    approved,
  });
  if (examined.kind === 'held') return { plan: examined, decision: null };

  const present = await listOwnedFiles(tip, row.subdirectory);
  const { newer } = examined;
  const sent = await sentBatches(deps, stream, newer);
  // A mirror that was moved within its repository finds its commits there, but they are of the other
  // place. Those of a first delivery that was lost are unknown to the database.
  const ofAnotherPlace =
    reason === 'initial' && (newer[0]?.trailers.batches.some((id) => sent.has(id)) ?? false);
  const deliveredHere = examined.delivered && !ofAnotherPlace;
  // Also where a first commit was sent and not noted: what it left alone stays.
  const isFirst = !deliveredHere || before.size === 0;
  const inherited = approved || !isFirst ? null : await inheritedFiles(deps, row, tip);
  // Without a rendered state (a lost database) what is in our folders counts as ours.
  const allOurs = approved || (before.size === 0 && inherited === null);
  const removable = (path: string) => allOurs || before.has(path) || inherited?.has(path) === true;
  const gone = notGoneThrough();
  const changes = changesToWhole(tree, { present, removable }, gone);
  // Over an empty place everything is written: that is made while Git takes it. Else all of it has to be
  // known before anything can be said of it, and what differs is little. (A catch-up's authors are those of
  // what differs.)
  const known =
    present.size === 0 && reason !== 'catch-up' ? changes : await takingTurns(changes, execution);
  if (!deliveredHere && !approved) {
    const rendered = new Map(gone.entries.map((entry) => [entry.path, entry]));
    const strange = strangeFiles(present, rendered, inherited);
    if (strange.length > 0) return { plan: notAdopted(strange, row), decision: null };
  }
  if (Array.isArray(known) && known.length === 0)
    return { plan: { kind: 'nothing' }, decision: { newer, sent, gone, compose: null } };

  const undelivered = await readUndeliveredChanges(deps.db, key, new Set(sent.keys()));
  const { taken } = claimChanges(undelivered, readingOf(read));
  const compose = (): Composed =>
    composeBatch({
      reason,
      branchId: key.branchId,
      projectName: read.projectName,
      project: outlined(read.view),
      changes: taken,
      difference: gone,
      ownerBefore: (path) => before.get(path)?.owner,
      replacedSecrets: (gone.project?.replacedSecrets.length ?? 0) + parts.replacedSecrets.length,
      unlinked: gone.project?.unlinked ?? [],
      readAt: read.beganAt,
    });
  const { message, authoredAt } = compose();
  const commit: PlannedCommit = {
    changes: known,
    authoredAt,
    author: message.author,
    coAuthors: message.coAuthors,
    get subject() {
      return compose().message.subject;
    },
    get body() {
      return compose().message.body;
    },
    trailers: {
      stream,
      installation: deps.installationId,
      batches: [batchId],
      through: taken.at(-1)?.sequence ?? 0,
      reason,
    },
  };
  const decision = { newer, sent, gone, compose };
  const beforePush = async (built: readonly (string | null)[]) => {
    await checkBeforePush(deps, row, gone, execution);
    await recordAttempt(deps.db, stream, tip, [commit], built);
  };
  return { plan: { kind: 'commits', commits: [commit], beforePush }, decision };
}

/** Building the commits took its time: what allowed them may not do so any more. */
async function checkBeforePush(
  deps: ActivityDependencies,
  row: Mirror,
  { written }: GoneThrough,
  { signal }: Execution,
): Promise<void> {
  const key = keyOf(row);
  const now = await findMirror(deps.db, key);
  if (!isActive(now) || now.generation !== row.generation) throw new MirrorChangedMeanwhile(key);
  if (!written.some(({ path }) => isSamplePath(path))) return;
  const { result } = await checkVisibility(deps, row, { signal });
  if (result === 'private') return;
  await askForResync(deps.db, key, 'samples');
  throw new MirrorChangedMeanwhile(key);
}

/** The batches of these commits that the database knows. */
async function sentBatches(
  { db }: ActivityDependencies,
  stream: StreamId,
  newer: readonly StreamCommit[],
): Promise<Map<string, string>> {
  const pairs = newer.flatMap(({ sha, trailers }) =>
    trailers.batches.map((id) => [id, sha] as const),
  );
  const known = await knownBatchIds(
    db,
    stream,
    pairs.map(([id]) => id),
  );
  return new Map(pairs.filter(([id]) => known.has(id)));
}

function notAdopted(strange: readonly string[], row: Mirror): Plan {
  const examples = strange.slice(0, 3).join(', ');
  const place = row.subdirectory === '' ? 'the repository' : `${row.subdirectory}/`;
  return {
    kind: 'held',
    code: 'not_adopted',
    message:
      `${strange.length} files are already in the folders that the mirror would own in ${place} (${examples}, …). ` +
      'Look at the preview; then approve the mirror, or give it another subdirectory.',
  };
}

/** Marks everything as delivered; until this is done, the next attempt finds nothing left to commit. */
async function note(
  { db, sealer }: ActivityDependencies,
  { row, reason, batchId, tree: { read, parts } }: Everything,
  { newer, sent, gone, compose }: Decision,
  delivery: Delivery,
): Promise<void> {
  const key = keyOf(row);
  const stream = mirrorStream(key);
  const { entries, project } = gone;
  if (project === null) throw new Error('The commit was made without going through the tree.');
  const at = new Date();
  const commit = delivery.commits[0] ?? null;
  const sha = commit ?? newer[0]?.sha ?? row.deliveredSha;
  await db.transaction().execute(async (trx) => {
    await lockMirror(trx, key, row.generation);
    for (const [batchId, sentSha] of sent)
      await markBatchDelivered(trx, { batchId, sha: sentSha, at });
    await supersedeWaitingBatches(trx, stream);
    const { taken } = claimChanges(await readWaitingChanges(trx, key), readingOf(read));
    const sequences = taken.map(({ sequence }) => sequence);
    if (commit !== null && compose !== null) {
      const through = taken.at(-1)?.sequence ?? 0;
      await insertDeliveredBatch(trx, {
        id: batchId,
        stream,
        reason,
        through,
        ...compose(),
        sha: commit,
        at,
      });
      await assignToBatch(trx, key, sequences, batchId);
    }
    await markAlreadyDelivered(trx, key, sequences, { sha, at });
    await replaceRenderedFiles(trx, stream, entries);
    const known = snapshotChange(null, read.view, {
      rendering: project,
      groups: null,
      summaries: true,
    });
    await updateSnapshot(trx, sealer, stream, known, { anew: true });
    await parts.keep(trx);
    await noteResynced(trx, key, {
      sha,
      at,
      through: Math.max(0, ...newer.map(({ trailers }) => trailers.through)),
      warnings: [...project.warnings, ...parts.warnings],
      replacedSecrets: [...project.replacedSecrets, ...parts.replacedSecrets],
    });
  });
}
