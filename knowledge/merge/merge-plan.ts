import type { ConflictPart, JsonValue } from '../../model/knowledge/entry.ts';
import { isLfsPointer } from '../entries/lfs-pointer.ts';
import { keepLineEnds } from '../front-matter/keep-line-ends.ts';
import { plainLines } from '../front-matter/line-end.ts';
import { mergeBodies } from './merge-bodies.ts';
import type { MergeInput } from './merge-input.ts';
import { mergeHeads, NotApplicable } from './merge-heads.ts';
import type { Decide, Sides } from './merge-values.ts';
import { splitEntry, type SplitEntry } from '../front-matter/split-entry.ts';
import { wholeText } from './whole-text.ts';

/** A merge whose conflicting parts still need decisions. */
export interface MergePlan {
  /** The parts that conflict. Empty if the merge is clean. */
  parts: ConflictPart[];
  /** Git's version with all of my changes that do not conflict. `null` if the entry is removed. */
  text: string | null;
  /** Returns the text with a decision for each part. Throws {@link NotApplicable}. */
  decided(decide: Decide): Promise<string | null>;
}

/**
 * Finds the parts that conflict, and applies the rest of my changes to Git's version. Line ends, a final newline and a
 * byte order mark are no change: they stay as they are in Git.
 */
export async function planMerge(input: MergeInput): Promise<MergePlan> {
  const { base, git, mine, eachDifference = false } = input;
  if (git === mine || (base === mine && !eachDifference)) return decidedAlready(git);
  if (base === git && !eachDifference) return decidedAlready(mine);
  const texts = { base: plainOf(base), git: plainOf(git), mine: plainOf(mine) };
  if (texts.git === texts.mine || (texts.base === texts.mine && !eachDifference))
    return decidedAlready(git);
  if (git === null || mine === null)
    return texts.base === texts.git && !eachDifference
      ? decidedAlready(mine)
      : wholeFile({ base, git, mine });
  // A pointer says where the content is. Put together from two, it would say where nothing is.
  if ([base, git, mine].some((text) => text !== null && isLfsPointer(text)))
    return wholeFile({ base, git, mine });
  if (texts.base === texts.git && !eachDifference) return decidedAlready(keepLineEnds(git, mine));
  const plan = await planPlain({ ...input, ...texts });
  return 'decided' in plan ? asInFile(git, plan) : wholeFile({ base, git, mine }, plan.mine);
}

function plainOf(text: string | null): string | null {
  return text === null ? null : plainLines(text);
}

/** The plan with the line ends that the file has in Git. */
function asInFile(file: string, plan: MergePlan): MergePlan {
  const kept = (merged: string | null) => (merged === null ? null : keepLineEnds(file, merged));
  return {
    parts: plan.parts,
    text: kept(plan.text),
    decided: async (decide) => kept(await plan.decided(decide)),
  };
}

/**
 * If the front matter can only be taken as a whole, what taking mine means: my front matter, and in the body only what
 * I changed.
 */
async function planPlain(input: MergeInput): Promise<MergePlan | { mine: string }> {
  const texts = { base: input.base ?? '', git: input.git ?? '', mine: input.mine ?? '' };
  const split = {
    base: await splitEntry(texts.base, input.kind),
    git: await splitEntry(texts.git, input.kind),
    mine: await splitEntry(texts.mine, input.kind),
  };
  const byParts = await partwise(input, split);
  if (byParts !== null) return byParts;
  // If all sides can be read, merging by lines could give a result that merging by key refused.
  const readable =
    input.eachDifference === true ||
    [split.base, split.git, split.mine].every(({ fields }) => fields !== null);
  const chunks = readable ? null : await input.mergeTexts(texts);
  const isClean = chunks?.every(({ kind }) => kind === 'same') === true;
  const merged = isClean ? wholeText(chunks, 'git') : null;
  return merged !== null && (input.kind.format === 'markdown' || isJson(merged))
    ? decidedAlready(merged)
    : { mine: split.mine.head + (await mergeBodies(split, input))(({ mine }) => mine) };
}

/** Lines that each side changed separately may need a comma between them. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Merges front matter and body separately. `null` if the front matter cannot be merged. */
async function partwise(
  input: MergeInput,
  split: Record<keyof Sides, SplitEntry>,
): Promise<MergePlan | null> {
  const heads = await mergeHeads(input, split);
  if (heads === null) return null;
  const bodies = await mergeBodies(split, input);
  const decided = async (decide: Decide) => heads(decide, bodies(decide));
  const parts: ConflictPart[] = [];
  try {
    const text = await decided((part, sides) => {
      parts.push(part);
      return sides.git;
    });
    return { parts, text, decided };
  } catch (error) {
    if (error instanceof NotApplicable) return null;
    throw error;
  }
}

function decidedAlready(text: string | null): MergePlan {
  return { parts: [], text, decided: () => Promise.resolve(text) };
}

/** A single part with the complete texts. `taken` is what is taken if mine is. */
function wholeFile(sides: Record<keyof Sides, string | null>, taken = sides.mine): MergePlan {
  const part: ConflictPart = { id: 'file', what: 'file', pointer: '', ...sides };
  const { git } = sides;
  return {
    parts: [part],
    text: git,
    decided: (decide) => {
      const text = asText(decide(part, { ...sides, mine: taken }));
      return Promise.resolve(text === null || git === null ? text : keepLineEnds(git, text));
    },
  };
}

function asText(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
