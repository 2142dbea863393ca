import { SeededRandom } from '../seeded-random.ts';

/** A file as people and tools leave it in a repository. */
export interface CorpusFile {
  text: string;
  /** Whether it contains something that edits may refuse: anchors, tags, duplicate keys, or no front matter. */
  mayRefuse: boolean;
}

/** A number of files with the pitfalls of front matter; the same seed gives the same files. */
export function* entryCorpus(seed: number, count: number): Generator<CorpusFile> {
  for (let at = 0; at < count; at += 1)
    yield new EntryWriter(new SeededRandom(seed * 100_003 + at)).file(at);
}

/** One line each, and none that changes the meaning of the lines around it. */
const scalars = [
  'Acme',
  'Acme Corporation, Inc.',
  '"double quoted"',
  '"with \\"escapes\\" \\u00e9 \\t and # no comment"',
  "'single ''quoted'' text'",
  "''",
  '""',
  'yes',
  'no',
  'on',
  'Off',
  'true',
  'False',
  '~',
  'null',
  '0',
  '-0',
  '007',
  '0o17',
  '0x1F',
  '1_000',
  '12e3',
  '1.50',
  '.5',
  '.inf',
  '-.Inf',
  '.nan',
  '12345678901234567890',
  '12:30:45',
  '2024-01-31',
  '2024-01-31T10:00:00Z',
  '2024-01-31 10:00:00 +02:00',
  "'2024-01-31'",
  '"1.0"',
  'https://example.com/a?b=c#d',
  'a:b',
  'C# and F#',
  '50% off',
  'über Straße — “quoted”',
  '日本語のテキスト',
  '🚀 launch',
  '"\\U0001F680 escaped"',
  'x & y * z ! w',
  "it's",
  'a "quoted" word',
  'back\\slash',
  '-not-a-list',
  '?what',
  '<<',
  '=',
  'trailing comma,',
  'a [bracket] b',
  "'{{ mustache }}'",
  '+420 123 456 789',
  'name@example.com',
  '1.2.3',
  'no break\u00a0space',
  'x'.repeat(300),
];

const keys = [
  'region',
  'tier',
  'industry',
  'website',
  'salesforceId',
  'employeeCount',
  'created',
  'updated',
  'active',
  'x-custom',
  'camelCase',
  'with space',
  '"quoted key"',
  "'single key'",
  '🚀',
  'ключ',
  '42',
  'true',
  'null',
  '2024-01-31',
  'a/b~c',
  '__proto__',
  'constructor',
  'x.y',
  'on',
  'y',
  '1.0',
  'key#hash',
  'a:b',
  '-dash',
];

const blocks = [
  '|\n  two\n  lines',
  '>\n  folded\n  lines\n\n  of text',
  '|-\n  no end',
  '>-\n  folded\n  no end',
  '|+\n  kept\n\n',
  '|2\n    indented by four\n  by two',
  '>2-\n   spaces first\n  then none',
  '| # a comment in the header\n  text # no comment',
  '|\n      deep\n        deeper\n      back',
  '|\n\n  empty line first\n\n\n  and between',
  '|\n  - not: a list\n  # not a comment\n  ---',
  '"over\n  two lines"',
  "'over\n  two\n\n  paragraphs'",
  '"escaped \\\n  line end"',
  'plain over\n  two lines',
  'plain over\n  two\n\n  paragraphs',
  '\n  on the next line',
  '\n  "quoted, on the next"',
  '>\n  trailing  \n  spaces ',
  '|\n  \ttab',
  '[]',
  '{}',
  '[a, b, "c, d"]',
  '[ spaced , out ]',
  "['x', 1, true, null, ]",
  '[\n  one,\n  two,\n]',
  '[\n    one, # first\n    two # second\n  ]',
  '{ a: 1, b: two }',
  '{a: 1,\n  b: [2, {c: 3}]}',
  '{"json": "style", "list": [1, 2]}',
  '[{url: "https://example.com", addedAt: 2024-01-31}]',
  '[[1, 2], [], [3]]',
  '\n  - item\n  - "quoted"\n  - 3',
  '\n- not\n- indented',
  '\n    - indented\n    - by four',
  '\n  -   wide\n  -   dashes',
  '\n  - url: https://example.com\n    addedAt: 2024-01-31\n  - url: https://example.org\n    addedAt: "2024-02-01"',
  '\n- name: Jane # the first\n  email: jane@example.com\n\n- name: Joe\n  email: joe@example.com',
  '\n  - - nested\n    - list\n  - - another',
  '\n  -\n    on: the next line\n  -\n    like: this',
  '\n  # a comment before\n  - a\n  # between\n  - b # at the end\n  # after',
  '\n  - |\n    a block\n    in a list\n  - after it',
  '\n  -\n  - empty before',
  '\n  street: Main Street 1\n  city: "Prague"\n  geo:\n    lat: 50.08\n    lon: 14.43',
  '\n    indented: by four\n    list:\n    - x\n    - y',
  '\n  text: |\n    block\n    in a map\n  after: it',
  '\n\n  after: an empty line',
  '\n  empty:\n  also: # with a comment\n  last:',
  '\t# a tab and a comment',
  '    wide space    ',
  ' # only a comment',
];

const refused = [
  'anchor: &a value\ncopy: *a',
  'base: &b\n  x: 1\nmerged:\n  <<: *b\n  y: 2',
  'tagged: !custom value',
  'number: !!str 123',
  'binary: !!binary aGVsbG8=',
  'twice: 1\ntwice: 2',
  '? complex\n: value',
  '? [a, b]\n: value',
  'tab:\n\tindented: by tab',
  'broken: [',
  'broken: "no end',
  'a: b: c',
  '%TAG ! x\n--- a',
  '...',
  '--- more',
  '@at: x',
  'text without a colon',
  '&k key: anchored',
];

const comments = ['# a comment', '#', '#no space', '  # indented', '# key: value', '', '', '   '];

const bodies = [
  '',
  '\n',
  'Body\n',
  '\n# Heading\n\nText with trailing spaces  \nand a tab\t.\n',
  'No final line end',
  '\n---\nA rule above.\n\n---\n',
  '```yaml\n---\nid: not this\n---\n```\n',
  '\n\n\n',
  '日本語 🚀\u2028 separators \u0085 and \ufeff marks\n',
];

class EntryWriter {
  readonly #random: SeededRandom;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  file(at: number): CorpusFile {
    const mayRefuse = this.#random.oneIn(8);
    const names = [...new Set(this.#random.some(keys, 5))];
    const fields = names.map((name) => this.#field(name));
    const known = [`id: ${this.#id(at)}`, `name: ${this.#lineScalar()}`];
    const all = this.#random.oneIn(3) ? [...fields, ...known] : [...known, ...fields];
    if (mayRefuse) all.splice(this.#random.below(all.length + 1), 0, this.#random.of(refused));
    const lines = all.flatMap((field) =>
      this.#random.oneIn(6) ? [this.#random.of(comments), field] : [field],
    );
    if (this.#random.oneIn(10)) lines.push(this.#random.of(comments));
    const fence = this.#random.of(['---', '---', '---', '--- ', '---\t']);
    const opening = mayRefuse && this.#random.oneIn(6) ? '---js' : '---';
    const yaml = lines.map((line) => `${line}\n`).join('');
    const text = `${opening}\n${yaml}${fence}\n${this.#random.of(bodies)}`;
    return { text: this.#asSaved(text), mayRefuse };
  }

  /** Varies line ends, the byte order mark, and the end of the file. */
  #asSaved(text: string): string {
    const cut = this.#random.oneIn(8) ? text.replace(/\n+$/, '') : text;
    const ends = this.#random.oneIn(5) ? cut.replaceAll('\n', '\r\n') : cut;
    return this.#random.oneIn(10) ? `\ufeff${ends}` : ends;
  }

  #id(at: number): string {
    return this.#random.of([
      `acme-${at}`,
      `"acme-${at}"`,
      `'acme-${at}'`,
      `${at + 1}`,
      `A b ${at}`,
    ]);
  }

  #field(name: string): string {
    const space = this.#random.oneIn(10) ? '   ' : ' ';
    switch (this.#random.below(8)) {
      case 0:
        return `${name}:`;
      case 1:
      case 2: {
        const block = this.#random.of(blocks);
        return `${name}:${/^[\n\t]/.test(block) ? '' : ' '}${block}`;
      }
      case 3:
        return `${name}:${this.#list('  ')}`;
      case 4:
        return `${name}:${this.#map(2, 2)}`;
      default:
        return `${name}:${space}${this.#lineScalar()}`;
    }
  }

  #lineScalar(): string {
    const scalar = this.#random.of(scalars);
    const end = this.#random.of(['', '', '', '', '', ' # why', '  ', '\t']);
    return scalar + end;
  }

  #list(most: string): string {
    const indent = this.#random.of(['', most]);
    const size = 1 + this.#random.below(4);
    const items = Array.from({ length: size }, () => `\n${indent}- ${this.#lineScalar()}`);
    return items.join('');
  }

  #map(indent: number, deeper: number): string {
    const names = [...new Set(['a', ...this.#random.some(keys, 3)])];
    return names
      .map((name) => {
        const value =
          deeper > 0 && this.#random.oneIn(4)
            ? this.#map(indent + 2, deeper - 1)
            : ` ${this.#lineScalar()}`;
        return `\n${' '.repeat(indent)}${name}:${value}`;
      })
      .join('');
  }
}
