import type { Save } from '../../../db/knowledge/saves.ts';
import { mergeEntries } from '../../../knowledge/merge/merge-entries.ts';
import type { MergeTexts } from '../../../knowledge/merge/merge-input.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';

/** A save as rebasing looks at it. */
export type RebasedSave = Pick<Save, 'id' | 'currentText'>;

/** The saves of one entry that wait, and what changed below them. `null` is an entry that is not there. */
export interface RebaseInput<Save extends RebasedSave> {
  kind: Kind;
  /** What the first of them was laid over. */
  from: string | null;
  /** What Git has now. */
  onto: string | null;
  /** In the order in which they were accepted. */
  saves: readonly Save[];
  mergeTexts: MergeTexts;
}

/** What became of each save. */
export interface Rebase<Save extends RebasedSave> {
  /** Those that still change something, with the text that they come to now. */
  waiting: { save: Save; text: string | null }[];
  /** Git has what they said already. */
  unneeded: Save[];
  /** The first that clashes, and all after it: a person decides. */
  clash: {
    saves: Save[];
    /** What both sides began from. */
    base: string | null;
    /** The side that came from Git, with those that were kept. */
    git: string | null;
    mine: string | null;
  } | null;
  /** The entry with those that were kept. */
  head: string | null;
}

/**
 * What becomes of saves of an entry that Git has as no text that can be merged: they go on waiting where Git's file is
 * the one that they were made over, else a person decides.
 */
export function leaveSaves<Save extends RebasedSave>(
  saves: readonly Save[],
  { from, isSame }: { from: string | null; isSame: boolean },
): Rebase<Save> {
  const mine = saves.at(-1)?.currentText ?? null;
  if (!isSame)
    return {
      waiting: [],
      unneeded: [],
      clash: { saves: [...saves], base: from, git: null, mine },
      head: null,
    };
  return {
    waiting: saves.map((save) => ({ save, text: save.currentText })),
    unneeded: [],
    clash: null,
    head: mine,
  };
}

/**
 * Lays an entry's waiting saves over what Git has now, one after the other, each by a three-way merge with what it
 * was laid over before. The first that clashes becomes a conflict with all after it, since those stand on it.
 */
export async function rebaseSaves<Save extends RebasedSave>({
  kind,
  from,
  onto,
  saves,
  mergeTexts,
}: RebaseInput<Save>): Promise<Rebase<Save>> {
  const rebase: Rebase<Save> = { waiting: [], unneeded: [], clash: null, head: onto };
  let base = from;
  for (const [index, save] of saves.entries()) {
    const mine = save.currentText;
    const merged = await mergeEntries({ kind, base, git: rebase.head, mine, mergeTexts });
    if (merged.kind === 'conflict') {
      const last = saves.at(-1)?.currentText ?? null;
      rebase.clash = { saves: saves.slice(index), base, git: rebase.head, mine: last };
      return rebase;
    }
    if (merged.text === rebase.head) rebase.unneeded.push(save);
    else rebase.waiting.push({ save, text: merged.text });
    rebase.head = merged.text;
    base = mine;
  }
  return rebase;
}
