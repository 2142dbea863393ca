import { customer, settings } from './merge/merged-kinds.ts';

const of = (piece: string, before = 'a: ') =>
  before + piece.repeat(Math.floor(32_000 / piece.length));
const numbered = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at)).join('\n');

const tooMany = 'It has more than 6000 parts.';

/**
 * Front matter of up to 32 KiB that is made to take long: a name, the YAML, and the message with which reading it stops
 * (`null` if it is read to the end).
 */
export const hostileFrontMatter: readonly [string, string, string | null][] = [
  ['[', of('['), tooMany],
  [']', of(']'), 'Unexpected flow-seq-end token'],
  ['{', of('{'), tooMany],
  [',', `${of(',', 'a: [')}]`, tooMany],
  ['- a', of('- a\n', 'a:\n'), tooMany],
  ['- - -', of('- ', 'a:\n  '), tooMany],
  ['%a', of('%a\n', ''), 'Implicit keys need to be on a single line'],
  ['?', of('? ', ''), tooMany],
  ['!', of('! '), tooMany],
  ['quotes', of('"'), tooMany],
  ['escapes', `${of('\\n', 'a: "')}"`, null],
  ['lines', of(' x\n', 'a: >\n'), null],
  [
    'long runs of blank lines',
    of(`${'\n'.repeat(499)}#`, ''),
    '500 or more blank characters in a row',
  ],
  ['shorter runs of blank lines', of(`${'\n'.repeat(490)}#`, ''), tooMany],
  [
    'deep nesting',
    numbered(240, (at) => `${' '.repeat(at)}a:`),
    'It is nested more than 48 levels deep.',
  ],
  ['many keys', numbered(1_400, (at) => `k${at}: ${at}`), tooMany],
  ['a set', `considerations:\n${numbered(1_900, (at) => `- ${at}`)}`, tooMany],
  ['wrong items', of('- 5\n', 'sources:\n'), tooMany],
  ['aliases', `a: &a [x,x,x,x,x,x,x,x]\n${numbered(1_500, (at) => `b${at}: *a`)}`, tooMany],
  [
    'aliases that multiply',
    `a0: &a0 [x,x]\n${numbered(60, (at) => `b${at}: &a${at + 1} [*a${at},*a${at}]`)}`,
    'Its aliases expand to too much text.',
  ],
  ['fences', of('\n---  ', ''), null],
];

const mebibyte = 1024 * 1024;
/** A version of an entry in a merge. */
export type Side = 'base' | 'git' | 'mine';

/** As many of these lines as fit. */
function lines(bytes: number, line: (at: number) => string): string {
  const all: string[] = [];
  for (let at = 0, size = 0; ; at += 1) {
    const next = line(at);
    size += next.length;
    if (size > bytes) return all.join('');
    all.push(next);
  }
}

const entry = (fields: string, body = 'A body.\n') => `---\nid: acme\n${fields}---\n${body}`;
/**
 * What each side says at this place in a list: Git changed every third one, mine every fifth, and both every fifteenth.
 */
const said = (side: Side, at: number) =>
  (side === 'git' && at % 3 === 0) || (side === 'mine' && at % 5 === 0) ? side : 'base';

const factors = { base: 2, git: 3, mine: 5 };

const nasty: Record<string, (side: Side) => string> = {
  'bodies in which every line differs': (side) =>
    entry(
      '',
      lines(mebibyte - 60, (at) => `${side}${at}\n`),
    ),
  'bodies in which every other line conflicts': (side) =>
    entry(
      '',
      lines(mebibyte - 60, (at) => (at % 2 === 0 ? 'same\n' : `${side}${at}\n`)),
    ),
  'bodies with many paragraphs that conflict': (side) =>
    entry(
      '',
      lines(mebibyte - 60, (at) => (at % 10 === 0 ? `${side}${at}\n` : 'same\n')),
    ),
  'bodies that consist of two words': (side) =>
    entry(
      '',
      lines(mebibyte - 60, (at) => ((at * factors[side]) % 7 < 3 ? 'a\n' : 'b\n')),
    ),
  'bodies of one long line': (side) => entry('', side.repeat(mebibyte / 5)),
  'bodies of empty lines': (side) => entry('', side + '\n'.repeat(mebibyte - 60)),
  'as many fields as are allowed': (side) =>
    entry(lines(5_000, (at) => `k${at}: ${said(side, at)}\n`)),
  'more fields than are allowed': (side) =>
    entry(lines(mebibyte / 2, (at) => `k${at}: ${said(side, at)}\n`)),
  'a large set': (side) => entry(`tags:\n${lines(5_000, (at) => `- ${said(side, at)}${at}\n`)}`),
  'a large set on one line': (side) =>
    entry(`tags: [${lines(5_000, (at) => `${said(side, at)}${at}, `)}x]\n`),
  'a large list of maps': (side) =>
    entry(`owners:\n${lines(5_000, (at) => `- {id: ${at}, name: ${said(side, at)}}\n`)}`),
  'fields nested as deeply as allowed': (side) =>
    entry(`d: ${'{a: '.repeat(45)}${side}${'}'.repeat(45)}\n`),
  'fields nested more deeply than allowed': (side) =>
    entry(`d: ${'['.repeat(9_000)}${']'.repeat(9_000)}\ne: ${side}\n`),
  'a long scalar': (side) => entry(`d: "${side.repeat(5_000)}"\n`),
  comments: (side) => entry(`${lines(20_000, (at) => `# ${said(side, at)}\n`)}e: ${side}\n`),
  'front matter without an end': (side) =>
    `---\n${lines(mebibyte - 60, (at) => `k${at}: ${said(side, at)}\n`)}`,
};

const nastyJson: Record<string, (side: Side) => string> = {
  'JSON that may be edited': (side) =>
    `{${lines(20_000, (at) => `"k${at}": "${said(side, at)}",\n`)}"id": "x"}`,
  'JSON that is too long to be edited': (side) =>
    `{${lines(mebibyte - 60, (at) => `"k${at}": "${said(side, at)}",\n`)}"id": "x"}`,
  'a set in JSON': (side) =>
    `{"tags": [${lines(mebibyte - 60, (at) => `"${said(side, at)}${at}",\n`)}"x"], "id": "x"}`,
};

/** Entries of up to the largest size whose merges are made to take long, with each side's text. */
export const hostileMerges = [
  ...Object.entries(nasty).map(([name, text]) => ({ name, text, kind: customer })),
  ...Object.entries(nastyJson).map(([name, text]) => ({ name, text, kind: settings })),
];
