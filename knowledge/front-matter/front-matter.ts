import matter from 'gray-matter';
import { yamlLimits } from './yaml-document.ts';

/** The positions of an entry's parts in its text. Offsets count UTF-16 code units, as strings do. */
export interface FrontMatter {
  /** The start of the YAML, after the line of the opening fence. */
  start: number;
  /** The end of the YAML, after its last line end, where the closing fence begins. */
  end: number;
  /** The start of the body, after the line of the closing fence. */
  bodyStart: number;
  /** The line end of the opening fence, which is also used for added lines. */
  lineEnd: '\n' | '\r\n';
}

/** The reason why a text has no readable front matter. */
export interface FenceProblem {
  code: 'no_front_matter' | 'unparsable';
  line: number;
  message: string;
}

/**
 * Finds the fences, which are lines of `---`, or `...` for the second one. The first must be at the very start (after a
 * byte order mark, if there is one). If gray-matter, which only knows `---`, would cut what is between them, it is
 * refused, because all programs that read a file must see the same.
 */
export function findFrontMatter(text: string): FrontMatter | FenceProblem {
  const open = /^\ufeff?---([^\r\n-][^\r\n]*)?(\r?\n|$)/.exec(text);
  if (!open)
    return {
      code: 'no_front_matter',
      line: 1,
      message: 'The file has no front matter, which begins with a line `---`.',
    };
  const language = (open[1] ?? '').trim();
  if (language !== '' && language !== 'yaml')
    return unparsable(1, `Front matter must be YAML, not "${language.slice(0, 40)}".`);
  const start = open[0].length;
  // Starts at the preceding line end: `^` with `m` would also match after a lone \r or U+2028.
  const found = closingFence.exec(text.slice(start - 1));
  // Without a closing fence, there may be a million characters, which should not be searched any further.
  if (!found) return unparsable(1, 'The front matter does not end: it must end with a line `---`.');
  const end = start + found.index;
  const bodyStart = end + found[0].length - 1;
  const blank = longBlank(text.slice(start, end));
  if (blank !== null)
    return unparsable(
      lineAt(text, start + blank),
      `The front matter has ${longestBlank} or more blank characters in a row here.`,
    );
  const yaml = text.slice(start - (open[2] ?? '').length, end - 1);
  // If it is too long to be parsed, the check is not needed.
  const cut =
    yaml.length > yamlLimits.bytes ? yaml.length : grayMatterCut(`${text.slice(0, end)}---\n`);
  if (cut !== yaml.length)
    return unparsable(
      lineAt(text, end - yaml.length + cut),
      'A line in the front matter begins with `---`, which some programs treat as its end. Indent or quote it.',
    );
  return { start, end, bodyStart, lineEnd: open[2] === '\r\n' ? '\r\n' : '\n' };
}

/**
 * The line that ends the front matter: `---`, or YAML's own `...`, which is part of the front matter if nothing but
 * blank lines is between it and a `---`.
 */
const closingFence =
  /\n(?:---|\.\.\.(?![ \t]*(?:\r?\n[ \t]*)+---[ \t]*(?:\r?\n|$)))[ \t]*(?:\r?\n|$)/;

/** The line of an offset, counted from 1. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1))
    line += 1;
  return line;
}

/** gray-matter takes quadratic time for these. */
const longestBlank = 500;

/** The start of such a long run of blank characters, or `null` if there is none. */
function longBlank(yaml: string): number | null {
  for (const { 0: blank, index } of yaml.matchAll(/\s+/g))
    if (blank.length >= longestBlank) return index;
  return null;
}

/** The length of what gray-matter takes for the front matter, including the preceding line end. */
function grayMatterCut(text: string): number {
  return matter(text, grayMatterOptions).matter.replace(/^[ \t]+/, '').length;
}

function unparsable(line: number, message: string): FenceProblem {
  return { code: 'unparsable', line, message };
}

const refuse = () => {
  throw new Error('Front matter must be YAML.');
};
const engine = { parse: refuse, stringify: refuse };

/** gray-matter may run code in front matter of other languages, and without options it answers from a cache. */
export const otherEngines = {
  json: engine,
  javascript: engine,
  js: engine,
  coffee: engine,
  coffeescript: engine,
  cson: engine,
  toml: engine,
};

const grayMatterOptions = {
  language: 'yaml',
  engines: {
    // Here, gray-matter is only used to cut the text.
    yaml: { parse: () => ({}), stringify: refuse },
    ...otherEngines,
  },
};
