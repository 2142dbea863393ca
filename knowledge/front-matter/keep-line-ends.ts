import { diffArrays } from 'diff';
import { linesOf, markOf, type Line } from './line-end.ts';

/**
 * A new text of a file, with the line ends of the file: whatever an editor makes of them is not an edit. Lines that
 * stay keep their own line end, changed lines that of the line that they replace, and further ones that of the line
 * before them. The file also keeps its byte order mark, whether it ends with a line end, and empty lines at its end. An
 * empty file takes the text as it is.
 */
export function keepLineEnds(file: string, text: string): string {
  if (text === file || file === '') return text;
  const kinds = kindsOf(file);
  const bare = text.slice(markOf(text).length);
  const lines =
    kinds.length > 1
      ? withMixedEnds(linesOf(file), linesOf(bare), kinds)
      : bare.replace(/\r\n|\n|\r/g, kinds[0] ?? '\n');
  return markOf(file) + withEndOf(file, bare, lines, kinds[0] ?? '\n');
}

/** The line ends that occur in a text. */
function kindsOf(text: string): string[] {
  return [
    ...(/(?<!\r)\n/.test(text) ? ['\n'] : []),
    ...(text.includes('\r\n') ? ['\r\n'] : []),
    ...(/\r(?!\n)/.test(text) ? ['\r'] : []),
  ];
}

/** What a text ends with. */
interface TextEnd {
  /** Where the last line that is not empty ends. */
  at: number;
  lastLine: string;
  /** How many line ends follow. */
  count: number;
}

function endOfText(text: string): TextEnd {
  let at = text.length;
  while (at > 0 && /[\r\n]/.test(text.charAt(at - 1))) at -= 1;
  let start = at;
  while (start > 0 && !/[\r\n]/.test(text.charAt(start - 1))) start -= 1;
  const count = text.slice(at).match(/\r\n|\n|\r/g)?.length ?? 0;
  return { at, lastLine: text.slice(start, at), count };
}

/**
 * The lines with a line end after the last one exactly if the file has one there. Empty lines that follow the last line
 * in the file, but not in the `given` text, were dropped by an editor, together with the last line end.
 */
function withEndOf(file: string, given: string, lines: string, usual: string): string {
  const [own, sent, { at }] = [endOfText(file), endOfText(given), endOfText(lines)];
  if (own.count === 0) return lines.slice(0, at);
  const isSame = own.lastLine === sent.lastLine;
  if (sent.count < own.count && (isSame || isReplaced(file, own, given, sent)))
    return lines.slice(0, at) + file.slice(own.at);
  return lines === '' || at < lines.length ? lines : lines + usual;
}

/** Whether the last line was changed. It may also have been removed, or others were added after it. */
function isReplaced(file: string, own: TextEnd, given: string, sent: TextEnd): boolean {
  const isIn = (text: string, line: string) => text.split(/\r\n|\n|\r/).includes(line);
  return !isIn(given, own.lastLine) && !isIn(file, sent.lastLine);
}

/** The given lines, each with a line end. */
function withMixedEnds(
  own: readonly Line[],
  given: readonly Line[],
  kinds: readonly string[],
): string {
  let before = own[0]?.end === '\n' || !kinds.includes('\r\n') ? '\n' : '\r\n';
  const ends = ownEnds(own, given);
  return given
    .map(({ text }, at) => {
      const end = ends[at] ?? '';
      // A lone \r among other line ends is an accident that no new line should repeat.
      if (end !== '' && end !== '\r') before = end;
      return text + (end === '' ? before : end);
    })
    .join('');
}

/** The line end in the file of each given line, or of the line that it replaces; `''` if there is none. */
function ownEnds(own: readonly Line[], given: readonly Line[]): string[] {
  const ends: string[] = [];
  let at = 0;
  for (const { same, removed, added } of hunks(own, given)) {
    for (const { end } of own.slice(at, at + same)) ends.push(end);
    at += same;
    const replaced = own.slice(at, at + removed);
    for (const [index, { end }] of given.slice(ends.length, ends.length + added).entries()) {
      const was = replaced[index]?.end ?? '';
      ends.push(was === '\r' && end !== '\r' ? '' : was);
    }
    at += removed;
  }
  return ends;
}

/** Lines that are the same, followed by others that were replaced. */
interface Hunk {
  same: number;
  removed: number;
  added: number;
}

/**
 * Comparing takes time in proportion to the lines and to the changes, so a limit on their product keeps any two texts
 * from taking long. With more changes, all lines between the first and the last one count as changed.
 */
const mostWork = 8_000_000;
const mostChanges = 2_000;

function hunks(own: readonly Line[], given: readonly Line[]): Hunk[] {
  const numbers = new Map<string, number>();
  const numbered = (lines: readonly Line[]) =>
    lines.map(({ text }) => {
      const number = numbers.get(text) ?? numbers.size;
      numbers.set(text, number);
      return number;
    });
  const [old, now] = [numbered(own), numbered(given)];
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < shorter - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  const [before, after] = [old.slice(start, old.length - end), now.slice(start, now.length - end)];
  const most = Math.floor(mostWork / (before.length + after.length + 1));
  const changes = diffArrays(before, after, { maxEditLength: Math.min(mostChanges, most) });
  const found: Hunk[] = [{ same: start, removed: 0, added: 0 }];
  if (changes === undefined) found.push({ same: 0, removed: before.length, added: after.length });
  for (const { added, removed, count } of changes ?? []) {
    const last = found.at(-1);
    if (!added && !removed) found.push({ same: count, removed: 0, added: 0 });
    else if (last !== undefined) last[added ? 'added' : 'removed'] += count;
  }
  return [...found, { same: end, removed: 0, added: 0 }];
}
