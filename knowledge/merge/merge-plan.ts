import type { ConflictPart, JsonValue } from '../../model/knowledge/entry.ts';
import { mergeBodies } from './merge-bodies.ts';
import type { MergeInput } from './merge-input.ts';
import { mergeHeads, NotApplicable } from './merge-heads.ts';
import type { Decide, Sides } from './merge-values.ts';
import { splitEntry, type SplitEntry } from '../front-matter/split-entry.ts';
import { wholeText } from './whole-text.ts';

/** A merge that waits for what its parts are to be. */
export interface MergePlan {
  /** What clashes; none where the merge is clean. */
  parts: ConflictPart[];
  /** Git's version with everything of mine that does not clash; `null`: removed. */
  text: string | null;
  /** The text with each part decided; throws {@link NotApplicable}. */
  decided(decide: Decide): Promise<string | null>;
}

/** Finds what clashes, and lays the rest of mine over Git's version. */
export async function planMerge(input: MergeInput): Promise<MergePlan> {
  const { base, git, mine } = input;
  if (git === mine || base === mine) return decidedAlready(git);
  if (base === git) return decidedAlready(mine);
  if (git === null || mine === null) return wholeFile({ base, git, mine });
  const texts = { base: base ?? '', git, mine };
  const split = {
    base: await splitEntry(texts.base, input.kind),
    git: await splitEntry(git, input.kind),
    mine: await splitEntry(mine, input.kind),
  };
  const byParts = await partwise(input, split);
  if (byParts !== null) return byParts;
  // Where all sides can be read, lines alone would make of them what the merge by key does not.
  const readable = [split.base, split.git, split.mine].every(({ fields }) => fields !== null);
  const chunks = readable ? null : await input.mergeTexts(texts);
  const isClean = chunks?.every(({ kind }) => kind === 'same') === true;
  const merged = isClean ? wholeText(chunks, 'git') : null;
  return merged !== null && (input.kind.format === 'markdown' || isJson(merged))
    ? decidedAlready(merged)
    : wholeFile({ base, git, mine });
}

/** Lines that each side changed alone may need a comma between them. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\ufeff/, ''));
    return true;
  } catch {
    return false;
  }
}

/** The merge of front matter and body, each for itself; `null` where the front matter cannot be merged so. */
async function partwise(
  input: MergeInput,
  split: Record<keyof Sides, SplitEntry>,
): Promise<MergePlan | null> {
  const heads = await mergeHeads(input, split);
  if (heads === null) return null;
  const bodies = await mergeBodies(split, input.mergeTexts);
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

/** One part: the texts as they are. */
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
