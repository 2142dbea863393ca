import type { WaitingSaveBatch } from '../../../db/knowledge/save-batches.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
import { blobId } from '../../../git/blob-id.ts';
import { plannedCommit } from '../../../git/planned-commit.ts';
import type { FileChange, PlannedCommit, Tip } from '../../../git/types.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import type { Person } from '../../../model/streams/author.ts';
import { noBlob, type SentFile } from '../../../model/streams/refusal.ts';
import { changesOf, filesOf, type BatchFacts } from './batch-changes.ts';
import { composeSaves } from './compose-saves.ts';
import { indexChanges, indexCommit, listedKinds, type Indexed } from './index-files.ts';

/** What {@link planSaves} needs; the database must match the tip. */
export interface PlanSavesInput extends BatchFacts {
  row: Space;
  installationId: string;
  batches: readonly WaitingSaveBatch[];
  indexed: Indexed;
  /** The index files that are sent as well; `null` for all of them. */
  indexFiles: ReadonlySet<string> | null;
  /** Who approved what, by the id of the review. */
  reviewers: ReadonlyMap<string, Person[]>;
  /** How many entries were read from Git to bring the database to the tip. */
  read: number;
}

/** What stands for a batch where there is a commit of index files only. */
export const indexOnly = 'index';

/** What happens to the waiting batches on a tip. */
export interface SavesPlan {
  kind: 'commits';
  commits: PlannedCommit[];
  /** Batches that become a commit. */
  sent: WaitingSaveBatch[];
  /** Batches that change nothing there, because their changes were undone before they were sent. */
  unneeded: WaitingSaveBatch[];
  /** The same as in {@link PlanSavesInput}. */
  removedOnly: ReadonlySet<string>;
  /** The files that the commits write, each with its batch, or with {@link indexOnly}. */
  files: SentFile[];
  /** Whether the index files are as they should be after this; if not, they are checked again. */
  isIndexRight: boolean;
  /** Kinds whose index files mention entries with waiting saves, even if those saves are not in a batch yet. */
  indexedKinds: string[];
  /** The same as in {@link PlanSavesInput}. */
  read: number;
}

/**
 * A commit for each batch, in order, on a tip that the database matches: each entry as in the batch's last save of it,
 * in the file that it has in Git, or that the person moved it to, with that file's mode. The last commit also contains
 * the index files; if there are no commits and the index files are out of date, they become a separate commit.
 */
export async function planSaves(tip: Tip, input: PlanSavesInput): Promise<SavesPlan> {
  const { row, batches, entries } = input;
  const paths = new Set(
    batches.flatMap(({ saves }) =>
      saves.flatMap(({ entryId: id }) => {
        const entry = entries.get(id);
        return entry === undefined ? [] : [entry.path, entry.movingTo ?? entry.path];
      }),
    ),
  );
  const present = filesOf(await tip.objectsAt([...paths]));
  const places = new Map<string, string>();
  const changed = batches.map((batch) => ({
    ...{ batch, changes: changesOf(input, batch, { present, places }) },
    // As they are after this batch: a later one may move them.
    paths: new Map(places),
  }));
  const sent = changed.filter(({ changes }) => changes.length > 0);
  const unneeded = changed.flatMap(({ batch, changes }) => (changes.length > 0 ? [] : [batch]));
  const wanted = await indexChanges(tip, row.root, input.indexed);
  const last = sent.at(-1);
  // Nothing is pushed to a protected branch, and index files alone are not worth a review.
  const isAlone = last === undefined && row.protectedAt !== null;
  const index = isAlone ? [] : wanted.filter((change) => isIndexSent(input, change));
  if (last !== undefined) last.changes = [...last.changes, ...index];
  const commits = sent.map(({ batch, changes, paths: at }) =>
    commitOf(input, { batch, paths: at }, changes),
  );
  if (last === undefined && index.length > 0) commits.push(indexCommit({ ...input, tip }, index));
  return {
    kind: 'commits',
    commits,
    sent: sent.map(({ batch }) => batch),
    unneeded,
    files: [
      ...sent.flatMap(({ batch, changes }) => sentFiles(changes, batch.id)),
      ...(last === undefined ? sentFiles(index, indexOnly) : []),
    ],
    isIndexRight: index.length === wanted.length,
    removedOnly: input.removedOnly,
    indexedKinds: listedKinds(row.root, input.indexed, index),
    read: input.read,
  };
}

/** Whether an index file is part of what is sent; a text that the host refuses waits for the next one. */
function isIndexSent(
  { indexFiles, refused }: PlanSavesInput,
  { path, content }: FileChange,
): boolean {
  if (indexFiles !== null && !indexFiles.has(path)) return false;
  return content === null || refused.why(path, content.toString()) === null;
}

/** What a host may refuse: also that a file goes. */
function sentFiles(changes: readonly FileChange[], batch: string): SentFile[] {
  return changes.map(({ path, content }) =>
    content === null
      ? { path, blobId: noBlob, size: 0, batch }
      : { path, blobId: blobId(content), size: content.length, batch },
  );
}

function commitOf(
  { row, installationId, entries, reviewers }: PlanSavesInput,
  { batch, paths }: { batch: WaitingSaveBatch; paths: ReadonlyMap<string, string> },
  changes: FileChange[],
): PlannedCommit {
  const { id, through, authoredAt, person, saves } = batch;
  const composed = saves.map((save) => ({
    ...save,
    title: entries.get(save.entryId)?.title ?? '',
    path: paths.get(save.entryId) ?? save.path,
  }));
  return plannedCommit(
    changes,
    {
      author: person,
      coAuthors: [],
      reviewers: reviewers.get(saves[0]?.reviewId ?? '') ?? [],
      authoredAt,
      ...composeSaves(composed),
    },
    {
      stream: spaceStream(row.id),
      installation: installationId,
      batches: [id],
      through,
      reason: 'changes',
    },
  );
}
