/**
 * Text from outside as one line: control characters and line ends become spaces, marks that change the writing
 * direction are removed, and several spaces become one.
 */
export function oneLine(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}

/** The lines of a text from outside that are not blank, each as {@link oneLine} makes it. */
export function textLines(text: string): string[] {
  return text
    .split(/[\n\r\v\f\u0085\u2028\u2029]/)
    .map(oneLine)
    .filter((line) => line !== '');
}

/** Cuts text to a number of characters (code points), with `…` in place of what was cut off. */
export function cut(text: string, maxCharacters: number): string {
  // A text never has more code points than units, so one that is short enough in units fits.
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
