import type { WaitingSaveBatch } from '../../../db/knowledge/save-batches.ts';
import type { Entry } from '../../../db/knowledge/entries.ts';
import type { FileChange, PlannedCommit, Tip } from '../../../git/types.ts';
import { textBlobId } from '../../../knowledge/entries/blob-id.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import { composeSaves } from './compose-saves.ts';

/** What {@link planSaves} needs. */
export interface PlanSavesInput {
  spaceId: string;
  installationId: string;
  batches: readonly WaitingSaveBatch[];
  /** The entries of the batches' saves, by id. */
  entries: ReadonlyMap<string, Entry>;
}

/** What becomes of the waiting batches on a tip. */
export interface SavesPlan {
  commits: PlannedCommit[];
  /** Batches that change nothing there: what they did was undone before it was sent. */
  unneeded: WaitingSaveBatch[];
}

/**
 * A commit for each batch, in their order, on a tip that the database agrees with: each entry as the last save of the
 * batch has it. Where an entry's file is, Git says.
 */
export async function planSaves(tip: Tip, input: PlanSavesInput): Promise<SavesPlan> {
  const { batches, entries } = input;
  const paths = new Set(
    batches.flatMap(({ saves }) => saves.flatMap(({ entryId: id }) => entries.get(id)?.path ?? [])),
  );
  const present = await tip.blobIds([...paths]);
  const plan: SavesPlan = { commits: [], unneeded: [] };
  for (const batch of batches) {
    const texts = new Map<string, string | null>();
    for (const { entryId: id, currentText: text } of batch.saves) {
      const path = entries.get(id)?.path;
      if (path !== undefined) texts.set(path, text);
    }
    const changes = [...texts].flatMap(([path, text]) => changeOf(present, path, text));
    if (changes.length === 0) plan.unneeded.push(batch);
    else plan.commits.push(commitOf(input, batch, changes));
  }
  return plan;
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
  { spaceId, installationId, entries }: PlanSavesInput,
  { id, through, authoredAt, person, saves }: WaitingSaveBatch,
  changes: FileChange[],
): PlannedCommit {
  const told = saves.map((save) => {
    const entry = entries.get(save.entryId);
    return { ...save, title: entry?.title ?? '', path: entry?.path ?? save.path };
  });
  return {
    changes,
    author: person,
    coAuthors: [],
    authoredAt,
    ...composeSaves(told),
    trailers: {
      stream: spaceStream(spaceId),
      installation: installationId,
      batches: [id],
      through,
      reason: 'changes',
    },
  };
}
