import type { Node } from 'prosemirror-model';
import { readBlocks } from './read-blocks.ts';
import { sameBlocks } from './same-blocks.ts';
import { schema } from './schema.ts';
import { writeBlock } from './write-block.ts';
import { escapings } from './write-text.ts';

/** A block as Markdown that says the same when it is read, with no more escapes than that takes; `null` if Markdown cannot say it. */
export function writeFaithfully(block: Node): string | null {
  for (const escaping of escapings) {
    const text = writeBlock(block, escaping);
    if (says(text, block)) return text;
  }
  return null;
}

const next = schema.node('paragraph', null, [schema.text('Next')]);

/** Whether a text is this block and nothing else, and does not go on with what comes after it. */
export function says(text: string, block: Node): boolean {
  const read = readBlocks(`${text}\n\nNext\n`);
  return read !== null && sameBlocks(read, schema.node('doc', null, [block, next]));
}
