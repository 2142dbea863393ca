/**
 * Text from outside as one line: controls, line ends and marks that turn the direction of writing
 * are spaces or gone, and runs of spaces are one.
 */
export function oneLine(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}

/** The lines of a text from outside that say something, each as {@link oneLine}. */
export function textLines(text: string): string[] {
  return text
    .split(/[\n\r\v\f\u0085\u2028\u2029]/)
    .map(oneLine)
    .filter((line) => line !== '');
}

/** Cuts text to a number of characters (code points), with `…` for what is gone. */
export function cut(text: string, maxCharacters: number): string {
  // Each code point has at most two units: what is shorter in units needs no look.
  if (text.length <= maxCharacters) return text;
  const characters = Array.from(text);
  if (characters.length <= maxCharacters) return text;
  return `${characters
    .slice(0, maxCharacters - 1)
    .join('')
    .trimEnd()}…`;
}

/** How many bytes a text has in UTF-8. */
export function utf8Length(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}
