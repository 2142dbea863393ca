import type { Token } from 'markdown-it';

/** How a list is written, so that what is added to it is written the same way. */
export interface ListStyle {
  /** `-`, `*` or `+`; of a numbered list `.` or `)`. */
  marker: string;
  /** The blanks before the marker, beyond where the list could begin. */
  lead: number;
  /** The blanks after the marker. */
  pad: number;
}

/** How lists are written that nobody wrote before. */
export const usualList: ListStyle = { marker: '-', lead: 0, pad: 1 };

/** The first line of an item, without what is around the list. */
const item = /^([ ]*)([-*+]|\d{1,9}[.)])([ ]*)/;
const task = /^\[([ xX])\][ \t]+/;

/**
 * Notes in the tokens of lists how they are written (`meta`, a {@link ListStyle}), and in those of items whether they are
 * done (`meta.checked`), whose boxes are taken out of their texts.
 */
export function markLists(tokens: readonly Token[], source: string): void {
  const lines = source.split('\n');
  /** Where the content of each item around begins; `null`: a quotation, or an item on the line of its list. */
  const columns: (number | null)[] = [];
  for (const [at, token] of tokens.entries()) {
    if (/^(?:bullet|ordered)_list_open$/.test(token.type)) {
      const { style, column } = styleOf(token, lines, columns.length === 0 ? 0 : columns.at(-1));
      token.meta = { ...style };
      columns.push(column);
    } else if (token.type === 'blockquote_open') columns.push(null);
    else if (/^(?:bullet_list|ordered_list|blockquote)_close$/.test(token.type)) columns.pop();
    else if (token.type === 'list_item_open') token.meta = { checked: takeBox(tokens, at) };
  }
}

function styleOf(
  { map, markup, type }: Token,
  lines: readonly string[],
  outer: number | null | undefined,
): { style: ListStyle; column: number | null } {
  const [, before = '', marker = '', after = ''] = item.exec(lines[map?.[0] ?? 0] ?? '') ?? [];
  const lead = before.length - (outer ?? 0);
  const isKnown = outer != null && marker.endsWith(markup) && lead >= 0 && lead <= 3;
  // A number takes more room the larger it is, so the blanks after it are what counts.
  const pad = isKnown && after.length >= 1 && after.length <= 4 ? after.length : 1;
  const style = { marker: markup, lead: isKnown ? lead : 0, pad };
  if (!isKnown) return { style, column: null };
  const width = type === 'ordered_list_open' ? marker.length : 1;
  return { style, column: before.length + width + pad };
}

/** Whether an item is done, and takes its box out of its text; `null` if it has none. */
function takeBox(tokens: readonly Token[], at: number): boolean | null {
  const inline = tokens[at + 2];
  if (tokens[at + 1]?.type !== 'paragraph_open' || inline?.type !== 'inline') return null;
  const [first, second] = inline.children ?? [];
  if (first?.type !== 'text') return null;
  const [box, mark] = task.exec(first.content) ?? [];
  if (box === undefined || (box === first.content && second === undefined)) return null;
  first.content = first.content.slice(box.length);
  return mark !== ' ';
}
