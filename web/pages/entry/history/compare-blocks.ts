import { diffArrays } from 'diff';
import { cutBlocks } from '../../../editor/text/cut-blocks.ts';

/** A block of a text before and after: `null` where there is none. A block that is the same is the same text twice. */
export interface BlockPair {
  before: string | null;
  after: string | null;
}

/** The most blocks that may differ, and the longest time to find them, in milliseconds. */
const limits = { maxEditLength: 4_000, timeout: 250 };

/**
 * Two Markdown texts, block by block. What was removed and added in one place is taken for a change of the same block where it
 * is of the same sort. `null` if the texts are too different to be compared in a moment.
 */
export function compareBlocks(before: string, after: string): BlockPair[] | null {
  const [old, now] = [blocksOf(before), blocksOf(after)];
  const parts = diffArrays(old, now, {
    ...limits,
    comparator: (one, other) => one.text === other.text,
  });
  if (parts === undefined) return null;
  const pairs: BlockPair[] = [];
  let removed: Block[] = [];
  const flush = (added: Block[]) => {
    pairs.push(...paired(removed, added));
    removed = [];
  };
  for (const part of parts) {
    if (part.removed) removed = part.value;
    else if (part.added) flush(part.value);
    else {
      flush([]);
      pairs.push(...part.value.map(({ text }) => ({ before: text, after: text })));
    }
  }
  flush([]);
  return pairs;
}

interface Block {
  text: string;
  type: string | null;
}

function blocksOf(text: string): Block[] {
  return cutBlocks(text).pieces.filter(({ type }) => type !== null);
}

function paired(removed: readonly Block[], added: readonly Block[]): BlockPair[] {
  const pairs: BlockPair[] = [];
  const rest = [...added];
  for (const { text, type } of removed) {
    const at = rest.findIndex((one) => one.type === type);
    // What stands before it is new.
    if (at >= 0)
      pairs.push(...rest.splice(0, at).map((one) => ({ before: null, after: one.text })));
    pairs.push({ before: text, after: at >= 0 ? (rest.shift()?.text ?? null) : null });
  }
  return [...pairs, ...rest.map((one) => ({ before: null, after: one.text }))];
}
