import type { MarkdownIt } from 'markdown-it';

/**
 * What other programs read inside a text, and Markdown does not: tags of templates (`{{name}}`, `{{#if x}}`, `{name}`, also
 * with the backslashes that make them text), marks of footnotes (`[^1]`), and formulas (`$x^2$`). Sticky, and linear: nothing
 * in braces repeats inside braces.
 */
const raw =
  /\\{0,2}(?:\{\{\{[^{}\r\n]{1,200}\}\}\}|\{\{[^{}\r\n]{1,200}\}\})|\{[A-Za-z_][\w.-]{0,99}\}|\[\^[^\s[\]^]{1,100}\]|\$(?! )[^$\r\n]{0,199}[\\^_{][^$\r\n]{0,199}(?<! )\$(?!\d)/y;

/** The raw part of a text that begins here; `null` if none does. */
export function rawAt(text: string, at: number): string | null {
  raw.lastIndex = at;
  return raw.exec(text)?.[0] ?? null;
}

/** The parts of a text: what is raw, and what is between. Joined, they are the text. */
export function* rawParts(text: string): Generator<{ text: string; isRaw: boolean }> {
  let copied = 0;
  for (const { index } of text.matchAll(/[\\{[$]/g)) {
    if (index < copied) continue;
    const found = rawAt(text, index);
    if (found === null) continue;
    if (index > copied) yield { text: text.slice(copied, index), isRaw: false };
    yield { text: found, isRaw: true };
    copied = index + found.length;
  }
  if (copied < text.length) yield { text: text.slice(copied), isRaw: false };
}

/** Teaches a parser to keep such parts as they are, as tokens named `raw`. */
export function addRawInline(markdown: MarkdownIt): void {
  markdown.inline.ruler.before('escape', 'raw', (state, silent) => {
    const found = rawAt(state.src, state.pos);
    if (found === null || state.pos + found.length > state.posMax) return false;
    if (!silent) state.push('raw', '', 0).content = found;
    state.pos += found.length;
    return true;
  });
}
