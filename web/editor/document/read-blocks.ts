import type { Token } from 'markdown-it';
import type { Attrs, Node } from 'prosemirror-model';
import { MarkdownParser } from 'prosemirror-markdown';
import { usualList, type ListStyle } from '../text/mark-lists.ts';
import { markdown, type Definitions } from '../text/markdown.ts';
import { schema } from './schema.ts';

function listAttrs(token: Token, tokens: readonly Token[], at: number): Attrs {
  const { marker, lead, pad } = (token.meta as ListStyle | null) ?? usualList;
  const start = token.attrGet('start');
  return {
    ...{ marker, lead, pad, tight: isTight(tokens, at) },
    ...(token.type === 'ordered_list_open' && { order: start === null ? 1 : Number(start) }),
  };
}

function isTight(tokens: readonly Token[], at: number): boolean {
  const first = tokens.slice(at + 1, at + 3).find(({ type }) => type !== 'list_item_open');
  return first?.type !== 'paragraph_open' || first.hidden;
}

const alignment = /text-align:(\w+)/;
const cell = {
  getAttrs: (token: Token) => ({
    align: alignment.exec(String(token.attrGet('style')))?.[1] ?? null,
  }),
};

/** Makes nodes of tokens; throws for what it does not know, such as HTML. */
const parser = new MarkdownParser(schema, markdown, {
  ...{ paragraph: { block: 'paragraph' }, blockquote: { block: 'blockquote' } },
  heading: { block: 'heading', getAttrs: ({ tag }) => ({ level: Number(tag.slice(1)) }) },
  bullet_list: { block: 'bullet_list', getAttrs: listAttrs },
  ordered_list: { block: 'ordered_list', getAttrs: listAttrs },
  list_item: {
    block: 'list_item',
    getAttrs: ({ meta }) => ({
      checked: (meta as { checked: boolean | null } | null)?.checked ?? null,
    }),
  },
  code_block: { block: 'code_block', noCloseToken: true },
  fence: { block: 'code_block', getAttrs: ({ info }) => ({ params: info }), noCloseToken: true },
  hr: { node: 'horizontal_rule' },
  ...{ table: { block: 'table' }, thead: { ignore: true }, tbody: { ignore: true } },
  tr: { block: 'table_row' },
  th: { block: 'table_header', ...cell },
  td: { block: 'table_cell', ...cell },
  hardbreak: { node: 'hard_break' },
  image: {
    node: 'image',
    getAttrs: (token) => ({
      src: token.attrGet('src') ?? '',
      alt: token.content,
      title: token.attrGet('title'),
    }),
  },
  raw: { node: 'raw', getAttrs: ({ content }) => ({ text: content }) },
  html_inline: { node: 'raw', getAttrs: ({ content }) => ({ text: content }) },
  ...{ em: { mark: 'em' }, strong: { mark: 'strong' }, s: { mark: 'strike' } },
  link: {
    mark: 'link',
    getAttrs: (token) => ({ href: token.attrGet('href') ?? '', title: token.attrGet('title') }),
  },
  code_inline: { mark: 'code', noCloseToken: true },
});

/** The blocks of a Markdown text; `null` if the rich view cannot show all of it as it is. */
export function readBlocks(text: string): Node | null {
  const references: Definitions = {};
  try {
    const doc = parser.parse(text, { references });
    return Object.keys(references).length > 0 ? null : doc;
  } catch {
    return null;
  }
}
