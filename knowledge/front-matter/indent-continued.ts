import { yamlLimits } from './yaml-document.ts';

/** YAML in which the lines that continue a value are indented, as the specification wants it. */
export interface Indented {
  text: string;
  /** The offset, in the original, of the first line that had to be indented. */
  first: number;
  /** The offset in the original for one in the text. */
  originalOf: (offset: number) => number;
}

/**
 * Indents the lines that continue a quoted text, or a list or map in brackets, but begin further left than they may.
 * `null` if there are none. It only looks for where such values begin and end; a YAML parser has to read the result.
 */
export function indentContinued(source: string): Indented | null {
  const added: Added[] = [];
  let at = 0;
  while (at < source.length) {
    const line = startOfValue(source, at);
    if (line.block) at = endOfBlock(source, line.end, line.column);
    else {
      const end = endOfValue(source, line.value);
      if (end === null) break;
      for (const start of lineStarts(source, line.value, end)) {
        const indent = /^ */.exec(source.slice(start, start + line.column + 1))?.[0].length ?? 0;
        if (indent <= line.column && !/[\r\n]/.test(source.charAt(start + indent)))
          added.push({ at: start, width: line.column + 1 - indent });
      }
      at = nextLineStart(source, end);
    }
  }
  return applied(source, added);
}

/** Spaces to add at the start of a line. */
interface Added {
  at: number;
  width: number;
}

function applied(source: string, added: readonly Added[]): Indented | null {
  const [first] = added;
  const total = added.reduce((sum, { width }) => sum + width, 0);
  if (first === undefined || total > yamlLimits.bytes) return null;
  let text = '';
  let from = 0;
  for (const { at, width } of added) {
    text += source.slice(from, at) + ' '.repeat(width);
    from = at;
  }
  const originalOf = (offset: number) => {
    let before = 0;
    for (const { at, width } of added) {
      if (offset <= at + before) break;
      before += Math.min(width, offset - at - before);
    }
    return offset - before;
  };
  return { text: text + source.slice(from), first: first.at, originalOf };
}

/** What a line begins. */
interface BegunLine {
  /** The column of the key or the dash. The lines of its value must be further right. */
  column: number;
  /** Where its value begins. */
  value: number;
  /** The end of the line. */
  end: number;
  /** Whether the value is block text (`|`, `>`), which consists of the lines that are further right. */
  block: boolean;
}

function startOfValue(source: string, start: number): BegunLine {
  const end = nextLineStart(source, start);
  const line = source.slice(start, end);
  let at = /^ */.exec(line)?.[0].length ?? 0;
  // A value on a line of its own may continue where it begins.
  let column = at - 1;
  for (;;) {
    const mark = /^(?:[-?:] +)/.exec(line.slice(at))?.[0] ?? '';
    if (mark === '') break;
    column = at;
    at += mark.length;
  }
  const key =
    /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'[{#&*!|>%@`](?:[^:#]|:(?!\s)|(?<!\s)#)*):(?=\s)/.exec(
      line.slice(at),
    )?.[0];
  if (key !== undefined) {
    column = at;
    at += key.length;
  }
  const before = /^[ \t]*(?:[&!]\S*[ \t]+)*/.exec(line.slice(at))?.[0] ?? '';
  const value = start + at + before.length;
  return { column, value, end, block: /[|>]/.test(source.charAt(value)) };
}

/** The start of the first line after block text. */
function endOfBlock(source: string, start: number, column: number): number {
  let at = start;
  while (at < source.length) {
    const end = nextLineStart(source, at);
    const line = source.slice(at, end);
    const indent = /^ */.exec(line)?.[0].length ?? 0;
    if (indent <= column && line.trim() !== '') break;
    at = end;
  }
  return at;
}

/** The end of a value in quotes or brackets; that of any other value is where it begins. `null` if it does not end. */
function endOfValue(source: string, start: number): number | null {
  const first = source.charAt(start);
  if (first === '"' || first === "'") return endOfQuoted(source, start);
  return first === '[' || first === '{' ? endOfBrackets(source, start) : start;
}

function endOfQuoted(source: string, start: number): number | null {
  const quote = source.charAt(start);
  for (let at = start + 1; at < source.length; at += 1) {
    if (quote === '"' && source.charAt(at) === '\\') at += 1;
    else if (source.charAt(at) === quote) {
      if (quote === '"' || source.charAt(at + 1) !== "'") return at + 1;
      at += 1;
    }
  }
  return null;
}

function endOfBrackets(source: string, start: number): number | null {
  let depth = 0;
  // What precedes a character decides whether it begins a quoted text or a comment, or is part of a word.
  let before = '[';
  for (let at = start; at < source.length; at += 1) {
    const character = source.charAt(at);
    if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    if (depth === 0) return at + 1;
    if (/["']/.test(character) && /[[{,:\s]/.test(before)) {
      const end = endOfQuoted(source, at);
      if (end === null) return null;
      at = end - 1;
    } else if (character === '#' && /\s/.test(before)) at = nextLineStart(source, at) - 1;
    before = source.charAt(at);
  }
  return null;
}

/** The starts of the lines between two offsets. */
function* lineStarts(source: string, from: number, to: number): Generator<number> {
  for (let at = source.indexOf('\n', from); at !== -1 && at < to; at = source.indexOf('\n', at + 1))
    yield at + 1;
}

function nextLineStart(source: string, offset: number): number {
  const end = source.indexOf('\n', offset);
  return end === -1 ? source.length : end + 1;
}
