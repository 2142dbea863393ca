import MarkdownIt from 'markdown-it';
import { safeAddress } from '../text/safe-address.ts';
import { markLists } from '../text/mark-lists.ts';
import { addRawInline } from '../text/raw-inline.ts';
import type { Examples } from './examples.ts';

interface Env {
  examples: Examples;
}

const markdown = new MarkdownIt({ html: true });
// Where links lead is decided below, for all of them, also for those in HTML.
markdown.validateLink = (url) => safeAddress(url) !== null;
addRawInline(markdown);
markdown.core.ruler.push('lists', (state) => markLists(state.tokens, state.src));
const { rules } = markdown.renderer;
const escape = markdown.utils.escapeHtml;

rules.raw = (tokens, at, _options, env) => {
  const text = tokens[at]?.content ?? '';
  const example = /^\{\{?\{?\s*([^#^/&>!{}][^{}]*?)\s*\}?\}?\}$/.exec(text)?.[1];
  const found = example === undefined ? undefined : (env as unknown as Env).examples.get(example);
  return found === undefined
    ? `<span data-raw="">${escape(text)}</span>`
    : `<span data-example="" title="${escape(text)}">${escape(found)}</span>`;
};
/** The page asks no other host: an image is a link to it. */
rules.image = (tokens, at) => {
  const token = tokens[at];
  const src = String(token?.attrGet('src'));
  const name = token?.content === '' ? src : (token?.content ?? src);
  return `<a data-image="" href="${escape(src)}">${escape(name)}</a>`;
};
rules.list_item_open = (tokens, at) => {
  const { checked = null } = (tokens[at]?.meta ?? {}) as { checked?: boolean | null };
  return checked === null ? '<li>' : `<li data-task="">${checked ? '☑' : '☐'} `;
};

for (const cell of ['th', 'td'])
  rules[`${cell}_open`] = (tokens, at) => {
    const align = /text-align:(\w+)/.exec(String(tokens[at]?.attrGet('style')))?.[1];
    return align === undefined ? `<${cell}>` : `<${cell} data-align="${align}">`;
  };

/** A Markdown text as HTML, with examples for its variables. It is not safe yet: see `sanitize`. */
export function renderMarkdown(text: string, examples: Examples = new Map()): string {
  return markdown.render(text, { examples });
}
