import {
  insertDeliveredBatch,
  markBatchDelivered,
  supersedeWaitingBatches,
} from '../../../db/streams/batches.ts';
import { lockGeneration, noteResynced } from '../../../db/mirror/mirror-marks.ts';
import { mirrorKey } from '../../../db/mirror/mirrors.ts';
import { forgetRefused, listRefused } from '../../../db/streams/refused-files.ts';
import { replaceRenderedFiles, type RenderedEntry } from '../../../db/mirror/rendered-files.ts';
import type { Trx } from '../../../db/connect.ts';
import type { StreamId } from '../../../model/streams/ids.ts';
import { forgetRemoval } from '../../../db/streams/held-removals.ts';
import { updateSnapshot } from '../../../db/mirror/snapshots.ts';
import {
  assignToBatch,
  markAlreadyDelivered,
  listWaitingChanges,
} from '../../../db/mirror/waiting-changes.ts';
import type { Delivery, StreamCommit } from '../../../git/types.ts';
import { claimChanges } from '../../../model/mirror/claim.ts';
import { commitEventType } from '../../../model/mirror/events.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import { contentKey } from '../../../model/streams/refusal.ts';
import { guardKey, guardSettings } from '../../../model/text/secrets-in-text.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import { readingOf } from '../window/read-window.ts';
import { snapshotChange } from '../window/render-view.ts';
import { meterDelivery, type NotedDelivery } from './meter-delivery.ts';
import type { Resync, ResyncMessage, ResyncPlan } from './plan-resync.ts';

// More changes than a restored database can be missing. A commit claiming more is forged, and would use them up.
const FORGOTTEN_AT_MOST = 1_000_000_000;

/**
 * Marks everything as delivered, in one transaction: what an earlier delivery sent, with its commits; all other
 * changes with this commit, or with the one that already contains the whole tree. Throws `ChangedMeanwhile` if the
 * mirror has changed since it was rendered.
 */
export async function noteResync(
  { db, sealer, meter }: Pick<ActivityDependencies, 'db' | 'sealer' | 'meter'>,
  { row, reason, batchId, tree: { read, parts } }: Resync,
  { plan, base, commits, messages, tip }: Delivery<ResyncMessage, ResyncPlan>,
): Promise<void> {
  const [message] = messages;
  if (message === undefined) throw new Error('The commit was made without a message.');
  const { rendering, authoredAt, ...said } = message;
  const { project, entries, guard } = rendering;
  const { newer, own, unproven } = plan.examined;
  const key = mirrorKey(row);
  const stream = mirrorStream(key);
  const at = new Date();
  const [built = null] = commits;
  const commit = built === base ? null : built;
  // Everything was compared with the tip, so what it claims to be ours is settled, whoever made it.
  const sha = commit ?? newer[0]?.sha ?? row.deliveredSha;
  const replacedSecrets = [...project.replacedSecrets, ...parts.replacedSecrets];
  const noted: NotedDelivery[] = [];
  await db.transaction().execute(async (trx) => {
    await lockGeneration(trx, key, row.generation);
    for (const { sha: sentSha, batches } of own)
      for (const sent of batches) {
        const marked = await markBatchDelivered(trx, stream, { batchId: sent, sha: sentSha, at });
        if (marked !== null) noted.push(marked);
      }
    await supersedeWaitingBatches(trx, stream);
    const { taken } = claimChanges(await listWaitingChanges(trx, key), readingOf(read));
    const sequences = taken.map(({ sequence }) => sequence);
    const eventType = commitEventType(taken);
    if (commit !== null) {
      const through = taken.at(-1)?.sequence ?? 0;
      await insertDeliveredBatch(trx, {
        ...{ id: batchId, stream, reason, through, message: said, authoredAt },
        ...{ sha: commit, at, redactions: replacedSecrets.length, eventType },
      });
      await assignToBatch(trx, key, sequences, batchId);
    }
    // Neither the last delivery nor a commit that only claims to be ours may ever have had the changes; the tip has them,
    // since it was compared.
    const holder = commit ?? (newer.length === 0 || unproven ? tip : sha);
    await markAlreadyDelivered(trx, key, sequences, { sha: holder, at });
    noted.push({ sha: commit, eventType, windowClosedAt: null, changes: taken });
    await replaceRenderedFiles(trx, stream, entries);
    await forgetRemoval(trx, stream);
    await keepRefused(trx, stream, entries);
    await guard.keepAll(trx, stream, new Set(entries.map(({ path }) => path)));
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
      through: highestThrough(newer, row.lastSequence),
      warnings: [...project.warnings, ...parts.warnings, ...plan.warnings],
      replacedSecrets,
      guardedAs: guardKey(guardSettings(row.policy)),
    });
  });
  meterDelivery({ meter }, row, noted, at);
}

/** Forgets what was refused of files that have other content now, or are gone. */
async function keepRefused(
  trx: Trx,
  stream: StreamId,
  entries: readonly RenderedEntry[],
): Promise<void> {
  const refused = await listRefused(trx, stream);
  if (refused.length === 0) return;
  const written = new Set(entries.map(contentKey));
  const held = new Set(
    refused.filter((file) => written.has(contentKey(file))).map(({ path }) => path),
  );
  const mended = refused.map(({ path }) => path).filter((path) => !held.has(path));
  await forgetRefused(trx, stream, mended);
}

/** The highest number of a change in the commits, as far as they can be believed. */
function highestThrough(newer: readonly StreamCommit[], lastSequence: number): number {
  return newer.reduce((highest, { trailers, recorded }) => {
    const through = trailers?.through ?? 0;
    const believed = recorded !== null || through <= lastSequence + FORGOTTEN_AT_MOST;
    return believed ? Math.max(highest, through) : highest;
  }, 0);
}
