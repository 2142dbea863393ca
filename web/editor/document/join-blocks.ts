import type { Node } from 'prosemirror-model';
import { cutBlocks, type Piece } from '../text/cut-blocks.ts';

/** A block as it goes into the file. */
export interface WrittenBlock {
  block: Node;
  text: string;
  /** The end of its last line, and the empty lines after it; `null`: as it suits. */
  tail: string | null;
  /** Which piece of the file it is, if nobody touched it. */
  at: number | null;
}

/**
 * The text of blocks. Between two that follow each other in the file, and that nobody touched, there is what was there.
 * Elsewhere there is an empty line, if they would not be two blocks without.
 */
export function joinBlocks(
  blocks: readonly WrittenBlock[],
  sources: readonly Piece[],
  lineEnd: string,
): string {
  const pieces: string[] = [];
  for (const [index, block] of blocks.entries()) {
    const next = blocks[index + 1];
    // What is at the end of the file stays there, whatever the last block is.
    const after =
      next === undefined ? (sources.at(-1)?.tail ?? lineEnd) : between(block, next, lineEnd);
    pieces.push(block.text, after);
  }
  return pieces.join('');
}

function between(one: WrittenBlock, next: WrittenBlock, lineEnd: string): string {
  const ended = one.tail ?? lineEnd + lineEnd;
  const isUntouched = one.at !== null && next.at === one.at + 1;
  if (isUntouched || areTwo(one, ended, next)) return ended;
  const apart = /\n[ \t]*\r?\n/.test(ended) ? ended : ended + lineEnd;
  if (isSource(one) || isSource(next) || areTwo(one, apart, next)) return apart;
  // Two lists of the same kind are one, whatever is between them but this.
  return `${apart}<!-- -->${lineEnd}${lineEnd}`;
}

/** What somebody wrote as source is meant as it is. */
function isSource({ block }: WrittenBlock): boolean {
  return block.type.name === 'source_block';
}

/** Whether both are read as they are, one after the other. */
function areTwo(one: WrittenBlock, tail: string, next: WrittenBlock): boolean {
  const { pieces } = cutBlocks(one.text + tail + next.text);
  const at = one.text.length + tail.length;
  let length = 0;
  for (const { text, tail: after } of pieces) {
    if (length === at) return true;
    length += text.length + after.length;
  }
  return false;
}
