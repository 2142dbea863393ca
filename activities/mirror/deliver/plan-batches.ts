import { randomUUID } from 'node:crypto';
import type { BatchFile, WaitingBatch } from '../../../db/streams/batches.ts';
import { plannedCommit } from '../../../git/planned-commit.ts';
import { blobIdsOf, isNoFolder } from '../../../git/tree-object.ts';
import type { FileChange, Held, PlannedCommit, Tip } from '../../../git/types.ts';
import {
  contentKey,
  type RefusedFile,
  type Refusal,
  type SentFile,
} from '../../../model/streams/refusal.ts';
import type { StreamId } from '../../../model/streams/ids.ts';
import type { Portion } from '../../streams/around-refusals.ts';
import type { OwnCommit } from '../../streams/examine-tip.ts';
import { inPlace, placeOccupied } from '../place.ts';

/** What happens to the waiting batches on a tip. The trailers of each commit name its batches. */
export interface BatchPlan {
  kind: 'commits';
  commits: PlannedCommit[];
  /** Batches that are already on the tip, and the commit of each. */
  found: Map<string, string>;
  /** Batches that change nothing on this tip, or that are no longer wanted. */
  unneeded: string[];
  /** Batches of which only what the host refuses is not on the tip. */
  heldBack: string[];
  /** Our newest commit on the tip that the database did not know about; `null` if there is none. */
  newest: string | null;
  /** The batches of commits that have only a part of them, by the ids that those name. */
  parts: Map<string, string>;
  /** The batches of the commits, and the files that they write. */
  sent: Pick<Refusal, 'batches' | 'files'>;
  /** Files that were refused before, and now have other content. */
  mended: string[];
}

/** What {@link planBatches} needs in addition to the tip. */
export interface PlanBatchesInput {
  stream: StreamId;
  installationId: string;
  /** The mirror's folder in the repository; `''` is its root. */
  subdirectory: string;
  /** The folders that the mirror needs: see `neededFolders`. */
  folders: readonly string[];
  batches: readonly WaitingBatch[];
  /** The stream's own commits on the tip that the database does not know about, newest first. */
  own: readonly OwnCommit[];
  /** Whether everything that is waiting should be discarded. */
  unwanted: boolean;
  /** The contents that the host refuses, which are left out. */
  refused: readonly RefusedFile[];
  /** `null` for as much as a push may have. */
  portion: Portion | null;
}

/** How many bytes a push may have, unless a single commit has more. */
const BYTES_A_PUSH = 64 * 1024 * 1024;

/**
 * Puts the waiting batches on a tip, each as a commit, as many as a push may have. A batch that is already on the tip is
 * found by its commit; one that changes nothing there does not become a commit.
 */
export async function planBatches(tip: Tip, input: PlanBatchesInput): Promise<BatchPlan | Held> {
  const found = new Map(input.own.flatMap(({ sha, batches }) => batches.map((id) => [id, sha])));
  const plan: BatchPlan = {
    kind: 'commits',
    commits: [],
    found,
    unneeded: [],
    heldBack: [],
    newest: input.own[0]?.sha ?? null,
    parts: new Map(),
    sent: { batches: [], files: [] },
    mended: [],
  };
  const waiting = portionOf(
    input.batches.filter(({ id }) => !found.has(id)),
    input.portion,
  );
  if (input.unwanted) return { ...plan, unneeded: waiting.map(({ id }) => id) };

  const place = (path: string) => inPlace(input.subdirectory, path);
  const paths = new Set(waiting.flatMap(({ files }) => files.map(({ path }) => place(path))));
  const objects = await tip.objectsAt([...new Set([...input.folders, ...paths])]);
  const occupied = input.folders.filter((folder) => isNoFolder(objects.get(folder)));
  if (occupied.length > 0) return placeOccupied(occupied);
  const present = blobIdsOf(objects);
  const refused = new Set(input.refused.map(contentKey));
  const chosen = input.portion?.files && new Set(input.portion.files);
  for (const batch of waiting) {
    const wanted = batch.files.filter(
      ({ path, blobId }) => blobId === null || !refused.has(contentKey({ path, blobId })),
    );
    const different = wanted.filter(
      ({ path, blobId }) => (present.get(place(path)) ?? null) !== blobId,
    );
    // Those before the portion were sent, or are held back as a whole.
    if (different.length > 0 && input.portion?.batches.includes(batch.id) === false) continue;
    const files = different.filter(
      ({ path, content }) => content === null || chosen?.has(path) !== false,
    );
    const isPart = files.length < different.length;
    plan.mended.push(...(isPart ? files : wanted).map(({ path }) => path));
    if (files.length === 0) {
      const isHeld = wanted.length < batch.files.length;
      if (!isPart) (isHeld ? plan.heldBack : plan.unneeded).push(batch.id);
      continue;
    }
    for (const { path, blobId } of files) {
      if (blobId === null) present.delete(place(path));
      else present.set(place(path), blobId);
    }
    const changes = files.map(({ path, content }) => ({ path: place(path), content }));
    plan.sent.batches.push(batch.id);
    plan.sent.files.push(...files.flatMap((file) => sentFile(batch.id, file)));
    // A part is no batch: the batch is delivered with the rest of it.
    const id = isPart ? randomUUID() : batch.id;
    if (isPart) plan.parts.set(id, batch.id);
    plan.commits.push(commitOf(input, { ids: [id], batch, changes }));
  }
  const known = new Set(input.refused.map(({ path }) => path));
  return { ...plan, mended: plan.mended.filter((path) => known.has(path)) };
}

/** The waiting batches up to the last one that is sent now; at least one. */
function portionOf(batches: readonly WaitingBatch[], portion: Portion | null): WaitingBatch[] {
  if (portion !== null) {
    const last = batches.findLastIndex(({ id }) => portion.batches.includes(id));
    return batches.slice(0, last + 1);
  }
  let bytes = 0;
  return batches.filter(({ files }, index) => {
    bytes += files.reduce((sum, { content }) => sum + (content?.length ?? 0), 0);
    return index === 0 || bytes <= BYTES_A_PUSH;
  });
}

function sentFile(batch: string, { path, blobId, content }: BatchFile): SentFile[] {
  return blobId === null || content === null ? [] : [{ path, blobId, size: content.length, batch }];
}

function commitOf(
  { stream, installationId: installation }: PlanBatchesInput,
  { ids, batch, changes }: { ids: string[]; batch: WaitingBatch; changes: FileChange[] },
): PlannedCommit {
  const { message, authoredAt, through, reason } = batch;
  return plannedCommit(
    changes,
    { ...message, authoredAt },
    { stream, installation, batches: ids, through, reason },
  );
}
