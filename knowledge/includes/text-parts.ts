import { isEntryId } from '../entries/entry-id.ts';

/** A line that stands for the text of another entry. */
export interface Include {
  /** Counted from 1, in the text. */
  line: number;
  /** The line without the blanks around it, such as `{{> brand/tone}}`. */
  written: string;
  /** The blanks before it, which each line of the included text gets. */
  indent: string;
  /** The line's own end; `''` if it is the last one. */
  lineEnd: string;
  /** What it names; `null` if it is not written as an include is. A `space` of `null` is the entry's own. */
  target: { space: string | null; id: string } | null;
}

/** Lines as they are, or an include. */
export type TextPart = string | Include;

/** The start of an include; with backslashes, it is a line that only looks like one. */
const opening = /^([ \t]*)(\\*)\{\{>/;

/**
 * The parts of a text with includes, in order. An include is a line of its own, `{{> entry}}` or `{{> space/entry}}`, as
 * in Mustache. A line that begins with `\{{>` is none, and given without that backslash.
 */
export function textParts(text: string): TextPart[] {
  if (!text.includes('{{>')) return text === '' ? [] : [text];
  const parts: TextPart[] = [];
  let copied = 0;
  let next = 0;
  for (let line = 1; next < text.length; line += 1) {
    const at = next;
    next = text.indexOf('\n', at) + 1 || text.length;
    const written = text.slice(at, next);
    const [, indent = '', backslashes] = opening.exec(written) ?? [];
    if (backslashes === undefined) continue;
    if (at > copied) parts.push(text.slice(copied, at));
    copied = next;
    parts.push(
      backslashes === ''
        ? includeIn(written, indent, line)
        : indent + written.slice(indent.length + 1),
    );
  }
  if (copied < text.length) parts.push(text.slice(copied));
  return parts;
}

/** The first line, counted from 1, that names an entry like an include but has other text before it; `null` if there is none. */
export function strayInclude(text: string): number | null {
  const at = text.split('\n').findIndex((line) => !opening.test(line) && /[^\\`]\{\{>/.test(line));
  return at === -1 ? null : at + 1;
}

function includeIn(line: string, indent: string, number: number): Include {
  const written = line.trim();
  const lineEnd = /\r?\n$/.exec(line)?.[0] ?? '';
  return { line: number, written, indent, lineEnd, target: targetOf(written) };
}

function targetOf(written: string): Include['target'] {
  if (!written.endsWith('}}')) return null;
  const name = written.slice('{{>'.length, -'}}'.length).trim();
  if (name.includes('{{') || name.includes('}}')) return null;
  const slash = name.indexOf('/');
  const space = name.slice(0, Math.max(slash, 0));
  const id = name.slice(slash + 1);
  if (!isEntryId(id) || !/^[^\p{Cc}\p{Z}\p{Surrogate}]{0,64}$/u.test(space)) return null;
  // So `/a/b` is the entry `a/b` of this space.
  return { space: space === '' ? null : space, id };
}
