import type { Save } from '../../../db/knowledge/saves.ts';
import { mergeEntries } from '../../../knowledge/merge/merge-entries.ts';
import type { MergeTexts } from '../../../knowledge/merge/merge-input.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';

/** The part of a save that rebasing needs. */
export type RebasedSave = Pick<Save, 'id' | 'currentText' | 'moveTo'>;

/** An entry's waiting saves, and what changed beneath them. A text of `null` means that the entry does not exist. */
export interface RebaseInput<Save extends RebasedSave> {
  kind: Kind;
  /** The text that the first of them was made on. */
  from: string | null;
  /** What Git has now. */
  onto: string | null;
  /** What Git had in between, oldest first, as far as that is known. */
  passed: readonly string[];
  /** In the order in which they were accepted. */
  saves: readonly Save[];
  mergeTexts: MergeTexts;
}

/** What became of each save. */
export interface Rebase<Save extends RebasedSave> {
  /** Those that still change something, with the text that now results. */
  waiting: { save: Save; text: string | null }[];
  /** Those whose change Git already has. */
  unneeded: Save[];
  /** The first save that clashes, and all after it: a person decides. */
  clash: {
    saves: Save[];
    /** The text that both sides started from. */
    base: string | null;
    /** The side that came from Git, including the saves that were kept. */
    git: string | null;
    mine: string | null;
  } | null;
  /** The entry's text with the saves that were kept. */
  head: string | null;
}

/**
 * What becomes of the saves of an entry that is not mergeable text in Git: they keep waiting if Git's file is still the
 * one they were made on; otherwise a person decides.
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
 * Rebases an entry's waiting saves onto what Git has now, one after another, each by a three-way merge with the text it
 * was made on. The first that clashes becomes a conflict together with all after it, since they build on it; unless
 * nothing clashes when the saves go along with Git commit by commit. A save that Git has had already, as after the
 * database was restored, does not clash with what others have made of it since.
 */
export async function rebaseSaves<Save extends RebasedSave>(
  input: RebaseInput<Save>,
): Promise<Rebase<Save>> {
  const rebase = await rebaseAtOnce(input);
  if (rebase.clash === null || input.passed.length === 0) return rebase;
  return (await rebaseAlong(input)) ?? rebase;
}

/** Rebases onto each text that Git had, and then onto the last one; `null` if something clashes on the way. */
async function rebaseAlong<Save extends RebasedSave>(
  input: RebaseInput<Save>,
): Promise<Rebase<Save> | null> {
  const saveOf = new Map(input.saves.map((save) => [save.id, save]));
  const whole: Rebase<Save> = { waiting: [], unneeded: [], clash: null, head: input.onto };
  let { from, saves } = input;
  for (const onto of [...input.passed, input.onto]) {
    const { waiting, unneeded, clash, head } = await rebaseAtOnce({ ...input, from, onto, saves });
    if (clash !== null) return null;
    whole.unneeded.push(...unneeded.map((save) => saveOf.get(save.id) ?? save));
    whole.waiting = waiting.map(({ save, text }) => ({ save: saveOf.get(save.id) ?? save, text }));
    whole.head = head;
    saves = waiting.map(({ save, text }) => ({ ...save, currentText: text }));
    from = onto;
  }
  return whole;
}

async function rebaseAtOnce<Save extends RebasedSave>({
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
    // A move changes something else than the text; but there is nothing to move if the entry was removed.
    const moves = save.moveTo !== null && merged.text !== null;
    if (merged.text === rebase.head && !moves) rebase.unneeded.push(save);
    else rebase.waiting.push({ save, text: merged.text });
    rebase.head = merged.text;
    base = mine;
  }
  return rebase;
}
