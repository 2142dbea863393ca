import type { WaitingSaveBatch } from '../../../db/knowledge/save-batches.ts';
import type { Entry } from '../../../db/knowledge/entries.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
import { plannedCommit } from '../../../git/planned-commit.ts';
import type { FileChange, PlannedCommit, Tip } from '../../../git/types.ts';
import { textBlobId } from '../../../knowledge/entries/blob-id.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import { composeSaves } from './compose-saves.ts';
import { indexChanges, indexCommit, listedKinds, type Indexed } from './index-files.ts';

/** What {@link planSaves} needs; the database agrees with the tip. */
export interface PlanSavesInput {
  row: Space;
  installationId: string;
  batches: readonly WaitingSaveBatch[];
  /** The entries of the batches' saves, by id. */
  entries: ReadonlyMap<string, Entry>;
  indexed: Indexed;
  /** Entries that were read from Git to bring the database to the tip. */
  read: number;
}

/** What becomes of the waiting batches on a tip. */
export interface SavesPlan {
  kind: 'commits';
  commits: PlannedCommit[];
  /** Batches that become a commit. */
  sent: WaitingSaveBatch[];
  /** Batches that change nothing there: what they did was undone before it was sent. */
  unneeded: WaitingSaveBatch[];
  /** Kinds whose index files, as they are written, tell of entries that wait; their saves may be in no batch yet. */
  indexedKinds: string[];
  /** As {@link PlanSavesInput}'s. */
  read: number;
}

/**
 * A commit for each batch, in their order, on a tip that the database agrees with: each entry as the last save of the
 * batch has it. Where an entry's file is, Git says. The last commit has the index files as well; where there is none,
 * and they are not as they should be, they are a commit of their own.
 */
export async function planSaves(tip: Tip, input: PlanSavesInput): Promise<SavesPlan> {
  const { row, batches, entries } = input;
  const paths = new Set(
    batches.flatMap(({ saves }) => saves.flatMap(({ entryId: id }) => entries.get(id)?.path ?? [])),
  );
  const present = await tip.blobIds([...paths]);
  const changed = batches.map((batch) => ({ batch, changes: changesOf(input, batch, present) }));
  const sent = changed.filter(({ changes }) => changes.length > 0);
  const unneeded = changed.flatMap(({ batch, changes }) => (changes.length > 0 ? [] : [batch]));
  const index = await indexChanges(tip, row.root, input.indexed);
  const commits = sent.map(({ batch, changes }, at) =>
    commitOf(input, batch, at === sent.length - 1 ? [...changes, ...index] : changes),
  );
  if (commits.length === 0 && index.length > 0) commits.push(indexCommit({ ...input, tip }, index));
  return {
    kind: 'commits',
    commits,
    sent: sent.map(({ batch }) => batch),
    unneeded,
    indexedKinds: listedKinds(row.root, input.indexed, index),
    read: input.read,
  };
}

/** What a batch changes, where the batches before it have been: that is noted in what is present. */
function changesOf(
  { entries }: PlanSavesInput,
  { saves }: WaitingSaveBatch,
  present: Map<string, string>,
): FileChange[] {
  const texts = new Map<string, string | null>();
  for (const { entryId: id, currentText: text } of saves) {
    const path = entries.get(id)?.path;
    if (path !== undefined) texts.set(path, text);
  }
  return [...texts].flatMap(([path, text]) => changeOf(present, path, text));
}

/** The change that a path needs; also noted in what is present, for the commits after. */
function changeOf(present: Map<string, string>, path: string, text: string | null): FileChange[] {
  const blob = text === null ? null : textBlobId(text);
  if ((present.get(path) ?? null) === blob) return [];
  if (blob === null) present.delete(path);
  else present.set(path, blob);
  return [{ path, content: text === null ? null : Buffer.from(text) }];
}

function commitOf(
  { row, installationId, entries }: PlanSavesInput,
  { id, through, authoredAt, person, saves }: WaitingSaveBatch,
  changes: FileChange[],
): PlannedCommit {
  const composed = saves.map((save) => {
    const entry = entries.get(save.entryId);
    return { ...save, title: entry?.title ?? '', path: entry?.path ?? save.path };
  });
  return plannedCommit(
    changes,
    { author: person, coAuthors: [], authoredAt, ...composeSaves(composed) },
    {
      stream: spaceStream(row.id),
      installation: installationId,
      batches: [id],
      through,
      reason: 'changes',
    },
  );
}
