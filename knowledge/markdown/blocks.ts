import MarkdownIt, { type Token } from 'markdown-it';

/** CommonMark, and only its blocks: what is in a line (links, emphasis) is never looked at, and takes no time. */
const commonMark = new MarkdownIt('commonmark');
commonMark.core.ruler.enableOnly(['normalize', 'block']);

/** The blocks of a Markdown text, flat and in order, with the lines that they are on. Takes linear time. */
export function blocksOf(text: string): Token[] {
  return commonMark.parse(text, {});
}

/** Where each line of a text begins, as the lines of {@link blocksOf} are counted. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (const { 0: end, index } of text.matchAll(/\r\n?|\n/g)) starts.push(index + end.length);
  return starts;
}
