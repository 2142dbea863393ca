import type { MergedChunk } from './merge-input.ts';

/** The pieces of a merge put together, with this side of what clashes. */
export function wholeText(chunks: readonly MergedChunk[], side: 'base' | 'git' | 'mine'): string {
  return chunks.map((chunk) => (chunk.kind === 'same' ? chunk.text : chunk[side])).join('');
}
