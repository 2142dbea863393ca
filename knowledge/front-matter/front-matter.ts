import matter from 'gray-matter';
import { yamlLimits } from './yaml-document.ts';

/** Where an entry's parts are in its text; offsets count UTF-16 units, as strings do. */
export interface FrontMatter {
  /** Where the YAML begins: after the opening fence's line. */
  start: number;
  /** Where it ends: after its last line end, at the closing fence. */
  end: number;
  /** Where the body begins: after the closing fence's line. */
  bodyStart: number;
  /** The line end of the opening fence: what is added is written so. */
  lineEnd: '\n' | '\r\n';
}

/** Why a text has no front matter that can be read. */
export interface FenceProblem {
  code: 'no_front_matter' | 'unparsable';
  line: number;
  message: string;
}

/**
 * Finds the fences: lines of `---`, the first at the very start (a byte order mark may stand before it). What
 * gray-matter would cut elsewhere is refused: two readers of one file must see the same.
 */
export function findFrontMatter(text: string): FrontMatter | FenceProblem {
  const open = /^\ufeff?---([^\r\n-][^\r\n]*)?(\r?\n|$)/.exec(text);
  if (!open)
    return {
      code: 'no_front_matter',
      line: 1,
      message: 'The file has no front matter: it begins with a line `---`.',
    };
  const language = (open[1] ?? '').trim();
  if (language !== '' && language !== 'yaml')
    return unparsable(1, `Front matter is YAML here, not "${language.slice(0, 40)}".`);
  const start = open[0].length;
  // From the line end before: `^` with `m` would also match after a lone \r, or U+2028.
  const found = /\n---[ \t]*(?:\r?\n|$)/.exec(text.slice(start - 1));
  // Without one there may still be a million characters, which no other reader need go through.
  if (!found) return unparsable(1, 'The front matter does not end: a line `---` ends it.');
  const end = start + found.index;
  const bodyStart = end + found[0].length - 1;
  const blank = longBlank(text.slice(start, end));
  if (blank !== null)
    return unparsable(
      lineAt(text, start + blank),
      `The front matter has ${longestBlank} blank characters in a row here, or more.`,
    );
  const yaml = text.slice(start - (open[2] ?? '').length, end - 1);
  // What is too long to be read need not be cut.
  const cut =
    yaml.length > yamlLimits.bytes ? yaml.length : grayMatterCut(text.slice(0, bodyStart));
  if (cut !== yaml.length)
    return unparsable(
      lineAt(text, end - yaml.length + cut),
      'A line in the front matter begins with `---`: some readers end it there. Indent or quote it.',
    );
  return { start, end, bodyStart, lineEnd: open[2] === '\r\n' ? '\r\n' : '\n' };
}

/** The line of an offset, counted from 1. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1))
    line += 1;
  return line;
}

/** gray-matter takes a quadratic time for these. */
const longestBlank = 500;

/** Where so many of them begin; `null`: nowhere. */
function longBlank(yaml: string): number | null {
  for (const { 0: blank, index } of yaml.matchAll(/\s+/g))
    if (blank.length >= longestBlank) return index;
  return null;
}

/** How much gray-matter takes for the front matter, from the line end before it on. */
function grayMatterCut(text: string): number {
  return matter(text, grayMatterOptions).matter.replace(/^[ \t]+/, '').length;
}

function unparsable(line: number, message: string): FenceProblem {
  return { code: 'unparsable', line, message };
}

/** It may run code, and answers from a cache where it is given no options: neither happens here. */
const refuse = () => {
  throw new Error('Front matter is YAML here.');
};
const engine = { parse: refuse, stringify: refuse };
const grayMatterOptions = {
  language: 'yaml',
  engines: {
    // It only cuts: values come from the one parser that also tells positions.
    yaml: { parse: () => ({}), stringify: refuse },
    json: engine,
    javascript: engine,
    js: engine,
    coffee: engine,
    coffeescript: engine,
    cson: engine,
    toml: engine,
  },
};
