import type { ConflictPart, JsonValue } from '../../model/knowledge/entry.ts';
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

/** Finds the parts that conflict, and applies the rest of my changes to Git's version. */
export async function planMerge(input: MergeInput): Promise<MergePlan> {
  const { base, git, mine, eachDifference = false } = input;
  if (git === mine || (base === mine && !eachDifference)) return decidedAlready(git);
  if (base === git && !eachDifference) return decidedAlready(mine);
  if (git === null || mine === null) return wholeFile({ base, git, mine });
  const texts = { base: base ?? '', git, mine };
  const split = {
    base: await splitEntry(texts.base, input.kind),
    git: await splitEntry(git, input.kind),
    mine: await splitEntry(mine, input.kind),
  };
  const byParts = await partwise(input, split);
  if (byParts !== null) return byParts;
  // If all sides can be read, merging by lines could give a result that merging by key refused.
  const readable =
    eachDifference || [split.base, split.git, split.mine].every(({ fields }) => fields !== null);
  const chunks = readable ? null : await input.mergeTexts(texts);
  const isClean = chunks?.every(({ kind }) => kind === 'same') === true;
  const merged = isClean ? wholeText(chunks, 'git') : null;
  return merged !== null && (input.kind.format === 'markdown' || isJson(merged))
    ? decidedAlready(merged)
    : wholeFile({ base, git, mine });
}

/** Lines that each side changed separately may need a comma between them. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\ufeff/, ''));
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

/** A single part with the complete texts. */
function wholeFile(sides: Record<keyof Sides, string | null>): MergePlan {
  const part: ConflictPart = { id: 'file', what: 'file', pointer: '', ...sides };
  return {
    parts: [part],
    text: sides.git,
    decided: (decide) => Promise.resolve(asText(decide(part, sides))),
  };
}

function asText(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
