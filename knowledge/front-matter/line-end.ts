/** A line of a text, and what ends it: `\n`, `\r\n`, `\r`, or `''` at the end of the text. */
export interface Line {
  text: string;
  end: string;
}

const byteOrderMark = '\ufeff';

/** The text's byte order mark, or `''`. */
export function markOf(text: string): string {
  return text.startsWith(byteOrderMark) ? byteOrderMark : '';
}

/** The lines of a text without its byte order mark. A text that ends with a line end has no empty last line. */
export function linesOf(text: string): Line[] {
  const pieces = text.slice(markOf(text).length).split(/(\r\n|\n|\r)/);
  const lines: Line[] = [];
  for (let at = 0; at < pieces.length; at += 2) {
    const line = { text: pieces[at] ?? '', end: pieces[at + 1] ?? '' };
    if (line.text !== '' || line.end !== '') lines.push(line);
  }
  return lines;
}

/**
 * The text in the form in which texts are compared and merged: without a byte order mark, with `\n` as line end,
 * also at the end. A lone `\r` only counts as a line end if the text has no others, because YAML does not count it.
 */
export function plainLines(text: string): string {
  const bare = text.slice(markOf(text).length);
  const plain = bare.includes('\n') ? bare.replaceAll('\r\n', '\n') : bare.replaceAll('\r', '\n');
  return withLineEnd(plain, '\n');
}

/** The line end of a text: `\r\n` if its first line ends with that. */
export function lineEndOf(text: string): string {
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n';
}

/** The text with a line end at its end. An empty text stays empty. */
export function withLineEnd(text: string, lineEnd: string): string {
  return text === '' || text.endsWith('\n') ? text : text + lineEnd;
}
