import { outermostBlocks, type Definitions } from './markdown.ts';

/** A piece of a text: an outermost block, or lines between blocks that are shown nowhere, such as definitions of links. */
export interface Piece {
  /** Its own lines, without the end of the last one. */
  text: string;
  /** The end of its last line, and the empty lines after it. */
  tail: string;
  /** As the parser names it (`paragraph_open`, `fence`); `null`: lines between blocks. */
  type: string | null;
}

/** A text in pieces. `lead` and the pieces, joined, are the text byte for byte. */
export interface CutText {
  /** The empty lines before the first piece. */
  lead: string;
  pieces: Piece[];
  definitions: Definitions;
}

/** Cuts a Markdown text into its outermost blocks. Takes linear time. */
export function cutBlocks(text: string): CutText {
  const starts = [0];
  for (const { 0: end, index } of text.matchAll(/\r\n?|\n/g)) starts.push(index + end.length);
  const startOf = (line: number) => starts[line] ?? text.length;
  const { blocks, definitions } = outermostBlocks(text);
  const parts: { text: string; type: string | null }[] = [];
  let copied = 0;
  for (const { first, after, type } of blocks) {
    const start = startOf(first);
    const end = startOf(after);
    // A block of which nothing is left to show, as a reader of the same lines would say.
    if (end <= copied) continue;
    if (start > copied) parts.push({ text: text.slice(copied, start), type: null });
    parts.push({ text: text.slice(Math.max(start, copied), end), type });
    copied = end;
  }
  if (copied < text.length) parts.push({ text: text.slice(copied), type: null });
  return { ...joined(parts), definitions };
}

/** Gives empty lines to what is before them. */
function joined(
  parts: readonly { text: string; type: string | null }[],
): Omit<CutText, 'definitions'> {
  let lead = '';
  const pieces: Piece[] = [];
  for (const { text, type } of parts) {
    const [, blank = '', rest = ''] =
      type === null ? (/^((?:[ \t]*(?:\r\n?|\n))*)([^]*)$/.exec(text) ?? []) : ['', '', text];
    const last = pieces.at(-1);
    const content = trimmedEnd(rest);
    if (last === undefined) lead += blank;
    else last.tail += blank;
    if (content !== '') pieces.push({ text: content, tail: rest.slice(content.length), type });
    else if (last === undefined) lead += rest;
    else last.tail += rest;
  }
  return { lead, pieces };
}

/** Without the empty lines at its end, and without the end of its last line. */
function trimmedEnd(text: string): string {
  let end = text.length;
  for (;;) {
    let at = end;
    while (at > 0 && (text[at - 1] === ' ' || text[at - 1] === '\t')) at -= 1;
    if (at > 0 && text[at - 1] !== '\n' && text[at - 1] !== '\r') return text.slice(0, end);
    if (at === 0) return '';
    end = text[at - 1] === '\n' && text[at - 2] === '\r' ? at - 2 : at - 1;
  }
}
