/** Text that is HTML or SVG, with everything from outside escaped. Only {@link html} makes it. */
export interface Html {
  readonly markup: string;
}

class Markup implements Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What can stand in a template: text and numbers, which are escaped, and markup. */
type Part = Html | readonly Html[] | string | number;

/** HTML of a template. Texts in it are escaped; attributes must be quoted. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  const pieces = parts.map((part, at) => markupOf(part) + (strings[at + 1] ?? ''));
  return new Markup((strings[0] ?? '') + pieces.join(''));
}

/** A style sheet: nothing from outside is in it. Its strings are not escaped. */
export function css(strings: TemplateStringsArray): Html {
  return new Markup(strings.join(''));
}

/** Nothing. */
export const nothing = html``;

function markupOf(part: Part): string {
  if (typeof part === 'string' || typeof part === 'number') return escape(String(part));
  if (part instanceof Markup) return part.markup;
  if (Array.isArray(part)) return part.map(markupOf).join('\n');
  throw new Error('What looks like markup, and was not made as such, is not written.');
}

function escape(text: string): string {
  return (
    text
      // HTML has none of these.
      .replaceAll(/(?![\t\n\r])\p{Cc}/gu, '\ufffd')
      .replaceAll(/[&<>"']/g, (character) => escapes[character] ?? '')
  );
}
