import type { Token } from 'markdown-it';
import { blocksOf, lineStarts } from './blocks.ts';

/** A heading of a Markdown text that is not inside a list or a quotation. */
export interface Heading {
  /** From 1, the outermost, to 6. */
  level: number;
  /** What it says, with its inline Markdown, on one line. */
  text: string;
  /** Where its first line begins in the text. */
  start: number;
  /** Where the line after it begins. */
  end: number;
}

/**
 * The headings of a Markdown text, in order: ATX (`## Short ##`) and setext (underlined), as CommonMark defines them. So what
 * looks like one in a block of code, a comment, a list or a quotation is none. `blocks` are those of the text, if they are known.
 */
export function headingsOf(text: string, blocks: readonly Token[] = blocksOf(text)): Heading[] {
  const starts = lineStarts(text);
  const startOf = (line: number) => starts[line] ?? text.length;
  return blocks.flatMap((block, index) => {
    if (block.type !== 'heading_open' || block.level !== 0 || block.map === null) return [];
    const [first, after] = block.map;
    const said = blocks[index + 1]?.content ?? '';
    return {
      level: Number(block.tag.slice(1)),
      text: said.split('\n').map((line) => line.trim()).join(' '), // prettier-ignore
      start: startOf(first),
      end: startOf(after),
    };
  });
}
