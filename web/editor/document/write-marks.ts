import type { Mark, Node } from 'prosemirror-model';
import type { MarkdownSerializerState as State } from 'prosemirror-markdown';

/** Where a link or an image leads, as it stands in brackets. */
export function target(href: string, title: string | null): string {
  const isPlain = /^[^\s<>()\\]+$/.test(href);
  const place = isPlain ? href : `<${href.replaceAll(/[\\<>]/g, '\\$&')}>`;
  return title === null || title === ''
    ? place
    : `${place} "${title.replaceAll(/[\\"]/g, '\\$&')}"`;
}

function ticks(node: Node): string {
  const runs = node.textContent.match(/`+/g) ?? [];
  const lengths = new Set(runs.map(({ length }) => length));
  let length = 1;
  while (lengths.has(length)) length += 1;
  return '`'.repeat(length);
}

/** Blanks inside the marks of a code, which needs them if it begins or ends with such a mark. */
function inner(node: Node): string {
  return /^\s*`|`\s*$|^ .*\S.* $/.test(node.textContent) ? ' ' : '';
}

/** How marks begin and end. */
export const marks = {
  em: { open: '*', close: '*', mixable: true },
  strong: { open: '**', close: '**', mixable: true },
  strike: { open: '~~', close: '~~', mixable: true },
  link: {
    open: '[',
    close: (_: State, { attrs }: Mark) => {
      const { href, title } = attrs as { href: string; title: string | null };
      return `](${target(href, title)})`;
    },
    mixable: true,
  },
  code: {
    open: (_: State, _mark: Mark, parent: Node, index: number) =>
      ticks(parent.child(index)) + inner(parent.child(index)),
    close: (_: State, _mark: Mark, parent: Node, index: number) =>
      inner(parent.child(index - 1)) + ticks(parent.child(index - 1)),
    escape: false,
  },
};
