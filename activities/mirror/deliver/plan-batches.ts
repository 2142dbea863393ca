import type { WaitingBatch } from '../../../db/streams/batches.ts';
import { plannedCommit } from '../../../git/planned-commit.ts';
import { blobIdsOf, isNoFolder } from '../../../git/tree-object.ts';
import type { FileChange, Held, PlannedCommit, Tip } from '../../../git/types.ts';
import { samePerson, type Person } from '../../../model/streams/author.ts';
import type { StreamId } from '../../../model/streams/ids.ts';
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
  /** Our newest commit on the tip that the database did not know about; `null` if there is none. */
  newest: string | null;
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
}

// Pushing many commits costs hardly more than pushing one, but the host walks over each of them.
const COMMITS_A_PUSH = 100;
const BYTES_A_PUSH = 64 * 1024 * 1024;

/**
 * Puts the waiting batches on a tip, each as a commit (beyond a certain number or size, all as one). A batch
 * that is already on the tip is found by its commit; one that changes nothing there does not become a commit.
 */
export async function planBatches(tip: Tip, input: PlanBatchesInput): Promise<BatchPlan | Held> {
  const found = new Map(input.own.flatMap(({ sha, batches }) => batches.map((id) => [id, sha])));
  const plan: BatchPlan = {
    kind: 'commits',
    commits: [],
    found,
    unneeded: [],
    newest: input.own[0]?.sha ?? null,
  };
  const waiting = input.batches.filter(({ id }) => !found.has(id));
  if (input.unwanted) return { ...plan, unneeded: waiting.map(({ id }) => id) };

  const place = (path: string) => inPlace(input.subdirectory, path);
  const paths = new Set(waiting.flatMap(({ files }) => files.map(({ path }) => place(path))));
  const objects = await tip.objectsAt([...new Set([...input.folders, ...paths])]);
  const occupied = input.folders.filter((folder) => isNoFolder(objects.get(folder)));
  if (occupied.length > 0) return placeOccupied(occupied);
  const present = blobIdsOf(objects);
  for (const { ids, batch } of merged(waiting)) {
    const files = batch.files.filter(
      ({ path, blobId }) => (present.get(place(path)) ?? null) !== blobId,
    );
    if (files.length === 0) {
      plan.unneeded.push(...ids);
      continue;
    }
    for (const { path, blobId } of files) {
      if (blobId === null) present.delete(place(path));
      else present.set(place(path), blobId);
    }
    const changes = files.map(({ path, content }) => ({ path: place(path), content }));
    plan.commits.push(commitOf(input, { ids, batch, changes }));
  }
  return plan;
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

/** The batches as they are or, if there are too many or they are too large for one push, merged into one. */
function merged(batches: readonly WaitingBatch[]): { ids: string[]; batch: WaitingBatch }[] {
  const bytes = batches.reduce(
    (sum, { files }) => sum + files.reduce((size, { content }) => size + (content?.length ?? 0), 0),
    0,
  );
  const [first] = batches;
  if (
    first === undefined ||
    (batches.length <= COMMITS_A_PUSH && bytes <= BYTES_A_PUSH) ||
    batches.length === 1
  ) {
    return batches.map((batch) => ({ ids: [batch.id], batch }));
  }
  const last = batches.at(-1) ?? first;
  const files = new Map(
    batches.flatMap((batch) => batch.files.map((file) => [file.path, file] as const)),
  );
  const persons = distinct(
    batches.flatMap(({ message }) => [message.author, ...message.coAuthors]),
  );
  const batch: WaitingBatch = {
    id: last.id,
    reason: 'recovery',
    through: Math.max(...batches.map(({ through }) => through)),
    authoredAt: new Date(Math.max(...batches.map(({ authoredAt }) => authoredAt.getTime()))),
    files: [...files.values()],
    message: {
      author: first.message.author,
      coAuthors: persons.slice(1),
      subject: `Send ${batches.length} windows that waited: ${first.message.subject}`
        .slice(0, 72)
        .trim(),
      body: batches
        .map(({ message }) => [message.subject, message.body].filter(Boolean).join('\n\n'))
        .join('\n\n'),
    },
  };
  return [{ ids: batches.map(({ id }) => id), batch }];
}

function distinct(persons: readonly Person[]): Person[] {
  return persons.filter(
    (person, index) => persons.findIndex((other) => samePerson(person, other)) === index,
  );
}
