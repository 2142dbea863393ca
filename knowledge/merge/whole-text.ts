import type { MergedChunk } from './merge-input.ts';

/** Joins the pieces of a merge, taking this side where they conflict. */
export function wholeText(chunks: readonly MergedChunk[], side: 'base' | 'git' | 'mine'): string {
  return chunks.map((chunk) => (chunk.kind === 'same' ? chunk.text : chunk[side])).join('');
}
