import { diffArrays } from 'diff';

const line = /[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g;

/**
 * A text that an editor gives back with `\n` everywhere, with the line ends that it had: lines that stayed keep theirs, and
 * new ones get that of the line before. `null`: the editor is gone, and nothing was changed.
 */
export function keepLineEnds(original: string, edited: string | null): string {
  if (edited === null || !original.includes('\r')) return edited ?? original;
  const had = original.match(line) ?? [];
  const now = edited.match(line) ?? [];
  const plain = had.map(withoutEnd);
  const ends: string[] = [];
  let at = 0;
  /** The ends of lines that were replaced, for those that replace them. */
  let replaced: string[] = [];
  for (const { added, removed, count } of diffArrays(plain, now.map(withoutEnd))) {
    const here = had.slice(at, at + count).map((one) => endOf(one));
    if (removed) replaced = here;
    else
      for (let next = 0; next < count; next += 1) {
        const own = (added ? replaced : here)[next] ?? '';
        ends.push(own === '' ? (ends.at(-1) ?? endOf(had[0])) : own);
      }
    if (!added) at += count;
    if (!removed) replaced = [];
  }
  return now
    .map((text, index) => (/[\r\n]$/.test(text) ? withoutEnd(text) + (ends[index] ?? '\n') : text))
    .join('');
}

function withoutEnd(text: string): string {
  return text.replace(/(?:\r\n|\r|\n)$/, '');
}

function endOf(text = ''): string {
  return /(?:\r\n|\r|\n)$/.exec(text)?.[0] ?? '';
}
