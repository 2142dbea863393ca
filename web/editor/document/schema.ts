import {
  Schema,
  type Attrs,
  type DOMOutputSpec,
  type Node,
  type NodeSpec,
} from 'prosemirror-model';
import { tableNodes } from 'prosemirror-tables';
import { texts } from '../../texts/index.ts';
import { safeAddress } from '../text/safe-address.ts';

/** Which piece of the file a block was read from; `null`: it is new. It follows the block through all edits. */
const source = { default: null };

const tables = tableNodes({
  tableGroup: 'block',
  cellContent: 'inline*',
  cellAttributes: {
    align: {
      default: null,
      getFromDOM: (cell) => attribute(cell, 'data-align'),
      setDOMAttr: (value, attributes) => {
        if (typeof value === 'string') attributes['data-align'] = value;
      },
    },
  },
});

function withSource(spec: NodeSpec): NodeSpec {
  return { ...spec, attrs: { ...spec.attrs, source } };
}

const lists = {
  marker: { default: '-' },
  lead: { default: 0 },
  pad: { default: 1 },
  tight: { default: true },
};

const nodes: Record<string, NodeSpec> = {
  doc: { content: 'block+' },
  paragraph: withSource({
    content: 'inline*',
    group: 'block',
    parseDOM: [{ tag: 'p' }],
    toDOM: () => ['p', 0],
  }),
  heading: withSource({
    attrs: { level: { default: 2 } },
    content: 'inline*',
    group: 'block',
    defining: true,
    parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level } })),
    toDOM: ({ attrs }) => [`h${String(attrs.level)}`, 0],
  }),
  blockquote: withSource({
    content: 'block+',
    group: 'block',
    defining: true,
    parseDOM: [{ tag: 'blockquote' }],
    toDOM: () => ['blockquote', 0],
  }),
  code_block: withSource({
    attrs: { params: { default: '' } },
    content: 'text*',
    marks: '',
    group: 'block',
    code: true,
    defining: true,
    parseDOM: [{ tag: 'pre', preserveWhitespace: 'full' }],
    toDOM: ({ attrs }) => ['pre', { 'data-language': String(attrs.params) }, ['code', 0]],
  }),
  horizontal_rule: withSource({
    group: 'block',
    parseDOM: [{ tag: 'hr' }],
    toDOM: () => ['hr'],
  }),
  bullet_list: withSource({
    attrs: lists,
    content: 'list_item+',
    group: 'block',
    parseDOM: [{ tag: 'ul' }],
    toDOM: () => ['ul', 0],
  }),
  ordered_list: withSource({
    attrs: { ...lists, marker: { default: '.' }, order: { default: 1 } },
    content: 'list_item+',
    group: 'block',
    parseDOM: [
      { tag: 'ol', getAttrs: (list) => ({ order: Number(attribute(list, 'start') ?? 1) }) },
    ],
    toDOM: ({ attrs }) => ['ol', { start: String(attrs.order) }, 0],
  }),
  list_item: {
    attrs: { checked: { default: null } },
    content: 'block+',
    defining: true,
    parseDOM: [{ tag: 'li' }],
    toDOM: ({ attrs }) => [
      'li',
      attrs.checked === null ? {} : { 'data-checked': String(attrs.checked) },
      0,
    ],
  },
  /** What cannot be shown otherwise, as it is in the file. */
  source_block: withSource({
    content: 'text*',
    marks: '',
    group: 'block',
    code: true,
    defining: true,
    isolating: true,
    parseDOM: [{ tag: 'pre[data-source]', preserveWhitespace: 'full', priority: 60 }],
    toDOM: () => ['pre', { 'data-source': texts.editor.sourceBlock }, ['code', 0]],
  }),
  ...tables,
  table: withSource(tables.table),
  text: { group: 'inline' },
  hard_break: {
    inline: true,
    group: 'inline',
    selectable: false,
    parseDOM: [{ tag: 'br' }],
    toDOM: () => ['br'],
  },
  image: {
    inline: true,
    group: 'inline',
    attrs: { src: {}, alt: { default: '' }, title: { default: null } },
    toDOM: ({ attrs }) => [
      'span',
      { 'data-image': '', title: String(attrs.src) },
      attrs.alt === '' ? String(attrs.src) : String(attrs.alt),
    ],
  },
  /** What only other programs read, such as a variable: a chip. */
  raw: {
    inline: true,
    group: 'inline',
    atom: true,
    attrs: { text: {} },
    leafText: ({ attrs }) => String(attrs.text),
    parseDOM: [
      {
        tag: 'span[data-raw]',
        getAttrs: (chip) => ({ text: attribute(chip, 'data-raw') ?? '' }),
      },
    ],
    toDOM: ({ attrs }) => ['span', { 'data-raw': String(attrs.text) }, String(attrs.text)],
  },
};

/** A document of the rich text editor. */
export const schema = new Schema({
  nodes,
  marks: {
    link: {
      attrs: { href: {}, title: { default: null } },
      inclusive: false,
      parseDOM: [{ tag: 'a[href]', getAttrs: (link) => ({ href: attribute(link, 'href') ?? '' }) }],
      toDOM: ({ attrs }) => ['a', linkAttributes(attrs), 0],
    },
    em: { parseDOM: [{ tag: 'i' }, { tag: 'em' }], toDOM: (): DOMOutputSpec => ['em', 0] },
    strong: {
      parseDOM: [{ tag: 'b' }, { tag: 'strong' }],
      toDOM: (): DOMOutputSpec => ['strong', 0],
    },
    strike: { parseDOM: [{ tag: 's' }, { tag: 'del' }], toDOM: (): DOMOutputSpec => ['s', 0] },
    code: { parseDOM: [{ tag: 'code' }], toDOM: (): DOMOutputSpec => ['code', 0] },
  },
});

/** An address that a browser should not open is shown, but leads nowhere. */
function linkAttributes({ href, title }: Attrs): Record<string, string> {
  const address = safeAddress(String(href));
  return {
    ...(address === null ? {} : { href: address, rel: 'noopener noreferrer' }),
    title: typeof title === 'string' ? title : String(href),
  };
}

/** What an element of a page says; this file is also read where there are no pages. */
function attribute(element: unknown, name: string): string | null {
  return (element as { getAttribute(name: string): string | null }).getAttribute(name);
}

/** The piece that a block was read from; `null` if it is new. */
export function sourceOf({ attrs }: Node): number | null {
  return typeof attrs.source === 'number' ? attrs.source : null;
}
