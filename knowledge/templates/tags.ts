/** What a tag does. A `value` stands for its variable's value; `if` and `each` are the words of Handlebars for sections. */
export type TagKind =
  'value' | 'section' | 'inverted' | 'if' | 'unless' | 'each' | 'close' | 'else';

/** Something in braces. */
export interface Tag {
  kind: TagKind;
  name: string;
  /** As it stands in the text, with its braces. */
  written: string;
  /** The backslashes before it: with one it is meant as it is, with two it comes after a backslash. */
  backslashes: number;
  /** Where it begins, backslashes included, and ends. */
  start: number;
  end: number;
  /** Whether it is `{name}`: only a declared variable counts there. */
  isSingle: boolean;
}

/** What is in braces is a tag only on one line, without braces in it, and not too long. */
const braces =
  /(\\{0,2})(?:\{\{\{([^{}\r\n]{1,200})\}\}\}|\{\{([^{}\r\n]{1,200})\}\}|\{([^{}\r\n]{1,200})\})/g;

/** Everything in a text that could be a tag, in order; which ones are depends on the variables. */
export function* tagsIn(text: string): Iterable<Tag> {
  for (const match of text.matchAll(braces)) {
    const [all, slashes = '', triple, double, single] = match;
    const { index: start } = match;
    const place = { start, end: start + all.length, backslashes: slashes.length };
    const written = all.slice(slashes.length);
    const isSingle = single !== undefined;
    const said = isSingle ? { kind: 'value' as const, name: single } : meaning(triple, double);
    yield { ...said, ...place, written, isSingle };
  }
}

/** The marks of Mustache. */
const sigils = new Map<string, TagKind>([
  ['#', 'section'],
  ['^', 'inverted'],
  ['/', 'close'],
  ['&', 'value'],
]);

function meaning(triple: string | undefined, double = ''): Pick<Tag, 'kind' | 'name'> {
  if (triple !== undefined) return { kind: 'value', name: triple.trim() };
  const content = double.trim();
  const rest = content.slice(1).trim();
  const sigil = sigils.get(content[0] ?? '');
  if (sigil === 'section') {
    const [, word, name = ''] = /^(if|unless|each)\s+(.*)$/.exec(rest) ?? [];
    if (word !== undefined) return { kind: word as 'if' | 'unless' | 'each', name };
  }
  if (sigil !== undefined) return { kind: sigil, name: rest };
  return { kind: content === 'else' ? 'else' : 'value', name: content };
}

/**
 * The place of a tag that opens or closes something: if nothing else is on its line, the whole line, as in Mustache.
 */
export function lineOfTag(text: string, { start, end }: Tag): { start: number; end: number } {
  let before = start;
  while (before > 0 && isBlank(text[before - 1])) before -= 1;
  let after = end;
  while (after < text.length && isBlank(text[after])) after += 1;
  const lineEnd = /\r?\n/y;
  lineEnd.lastIndex = after;
  const found = lineEnd.exec(text);
  const isAlone =
    (before === 0 || text[before - 1] === '\n') && (found !== null || after === text.length);
  return isAlone ? { start: before, end: after + (found?.[0].length ?? 0) } : { start, end };
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}
