import MarkdownIt, { type Token } from 'markdown-it';
import { addRawInline } from './raw-inline.ts';
import { markLists } from './mark-lists.ts';

/**
 * CommonMark with tables and strikethrough, as Git hosts show it. Addresses stay as they are written: where they lead is
 * judged where they are shown.
 */
export const markdown = new MarkdownIt({ html: true });
markdown.normalizeLink = (url) => url;
markdown.normalizeLinkText = (url) => url;
markdown.validateLink = () => true;
addRawInline(markdown);
markdown.core.ruler.push('lists', (state) => markLists(state.tokens, state.src));

/** The same, but only its blocks: what is in a line is not looked at. */
const blocksOnly = new MarkdownIt({ html: true });
blocksOnly.core.ruler.enableOnly(['normalize', 'block']);

/** The definitions of links (`[name]: address`) that a text has. */
export type Definitions = NonNullable<
  NonNullable<Parameters<typeof markdown.parse>[1]>['references']
>;

/** The outermost blocks of a text with the lines that they are on, and the definitions of its links. */
export function outermostBlocks(text: string): {
  blocks: { first: number; after: number; type: string }[];
  definitions: Definitions;
} {
  const definitions: Definitions = {};
  const tokens = blocksOnly.parse(text, { references: definitions });
  const blocks = tokens.flatMap(({ level, nesting, map, type }: Token) =>
    level === 0 && nesting >= 0 && map !== null ? { first: map[0], after: map[1], type } : [],
  );
  return { blocks, definitions };
}
