import type { Node } from 'prosemirror-model';
import { markdown, type Definitions } from '../text/markdown.ts';
import { writeFaithfully } from './faithful.ts';
import { readBlocks } from './read-blocks.ts';
import { schema } from './schema.ts';

/** What begins with this is known to others, but not to CommonMark: the text of a footnote, or formulas. */
const foreign = /^[ \t]*(?:\[\^[^\]]+\]:|\$\$|:::|\\\[[ \t]*$|\\begin\{)/m;

/**
 * The block of a piece of a file, if the rich view can show it, and write it again, without changing what it says; else
 * `null`. `definitions` are those of the whole file.
 */
export function readBlock(text: string, definitions: Definitions): Node | null {
  if (foreign.test(text)) return null;
  const doc = readBlocks(text);
  if (doc?.childCount !== 1 || usesDefinitions(text, definitions)) return null;
  const block = doc.child(0);
  const written = writeFaithfully(block);
  if (written === null) return null;
  const isLost = block.type === schema.nodes.table && wordsOf(written) !== wordsOf(text);
  return isLost ? null : block;
}

/** A row's cells beyond the columns of its table are in the file, but shown nowhere. */
function wordsOf(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

function usesDefinitions(text: string, definitions: Definitions): boolean {
  if (!text.includes('[') || Object.keys(definitions).length === 0) return false;
  return markdown.render(text, { references: { ...definitions } }) !== markdown.render(text, {});
}
