import { outermostBlocks } from './markdown.ts';

/** A heading of a text. */
export interface OutlineItem {
  level: number;
  text: string;
}

/** The outermost headings of a Markdown text, in order, without the marks in them. */
export function outlineOf(text: string): OutlineItem[] {
  const lines = text.split(/\r\n?|\n/);
  return outermostBlocks(text).blocks.flatMap(({ type, first, after }) => {
    if (type !== 'heading_open') return [];
    const own = lines.slice(first, after);
    const atx = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*$/.exec(own[0] ?? '');
    if (atx !== null && own.length === 1)
      return [{ level: atx[1]?.length ?? 1, text: spoken(atx[2] ?? '') }];
    const level = own.at(-1)?.trim().startsWith('=') === true ? 1 : 2;
    return [{ level, text: spoken(own.slice(0, -1).join(' ')) }];
  });
}

function spoken(text: string): string {
  return text
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[*`~]+|\\(?=[!-/:-@[-`{-~])/g, '')
    .trim();
}

/** How many words a text has, without its marks. */
export function wordCount(text: string): number {
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}'’.@_-]*/gu)?.length ?? 0;
}
