import { BadSettlement, settleConflict } from './merge-entries.ts';
import type { MergeInput } from './merge-input.ts';

/**
 * The sides of a decision about saves that a rewritten branch dropped. `base` is what they started from and `mine` what
 * they resulted in; the result's `mine` is what Git has now with their changes on top, and every difference between the
 * two is a part of its own, since either may be right. What came to Git in other places is on both sides, so that taking
 * the saves again does not undo it.
 */
export async function takeAgain(input: MergeInput): Promise<MergeInput> {
  return { ...input, mine: await withLost(input), eachDifference: true };
}

async function withLost(input: MergeInput): Promise<string | null> {
  try {
    return await settleConflict(input, { take: 'mine' });
  } catch (error) {
    if (error instanceof BadSettlement) return input.mine;
    throw error;
  }
}
