import { expect, it } from 'vitest';
import { editEntry } from '../../knowledge/entries/edit-entry.ts';
import { findFrontMatter } from '../../knowledge/front-matter/front-matter.ts';
import { builtInKinds } from '../../knowledge/kinds/kinds.ts';
import { readEntry } from '../../knowledge/entries/read-entry.ts';
import { fastest, processorTime, slowness } from '../support/machine.ts';

it.each([
  ['---\na: 1\n---\nBody', 'a: 1\n', 'Body'],
  ['\ufeff---\r\na: 1\r\n---\r\nBody', 'a: 1\r\n', 'Body'],
  ['---\n---\n', '', ''],
  ['---\n---', '', ''],
  ['--- \na: 1\n---\t\nBody', 'a: 1\n', 'Body'],
  ['---yaml\na: 1\n---\nBody', 'a: 1\n', 'Body'],
  ['---\na: 1\n\n\n---\n---\n', 'a: 1\n\n\n', '---\n'],
  ['---\n\n# c\n\n---\nBody', '\n# c\n\n', 'Body'],
  ['---\na: "\u2028---\u2028"\n---\n', 'a: "\u2028---\u2028"\n', ''],
])('finds the fences of %j', (text, yaml, body) => {
  const fences = findFrontMatter(text);
  if ('code' in fences) throw new Error(fences.message);
  expect(text.slice(fences.start, fences.end)).toBe(yaml);
  expect(text.slice(fences.bodyStart)).toBe(body);
});

it.each([
  ['', 'no_front_matter', 1],
  ['text\n---\n', 'no_front_matter', 1],
  ['\n---\na: 1\n---\n', 'no_front_matter', 1],
  ['----\na: 1\n---\n', 'no_front_matter', 1],
  ['---', 'unparsable', 1],
  ['---\na: 1\n', 'unparsable', 1],
  ['---js\n{ a: process.exit(1) }\n---\n', 'unparsable', 1],
  ['---json\n{}\n---\n', 'unparsable', 1],
  ['---\na: 1\n---b: 2\n---\n', 'unparsable', 3],
  ['---\r\na: 1\r\n----\r\n---\r\n', 'unparsable', 3],
  [`---\na: 1${'\n'.repeat(500)}---\n`, 'unparsable', 2],
])('says what is wrong with the fences of %j', (text, code, line) => {
  expect(findFrontMatter(text)).toMatchObject({ code, line });
});

const of = (piece: string, before = 'a: ') =>
  before + piece.repeat(Math.floor(32_000 / piece.length));
const numbered = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at)).join('\n');

it.each([
  ['[', of('[')],
  [']', of(']')],
  ['{', of('{')],
  [',', `${of(',', 'a: [')}]`],
  ['- a', of('- a\n', 'a:\n')],
  ['- - -', of('- ', 'a:\n  ')],
  ['%a', of('%a\n', '')],
  ['?', of('? ', '')],
  ['!', of('! ')],
  ['quotes', of('"')],
  ['escapes', `${of('\\n', 'a: "')}"`],
  ['lines', of(' x\n', 'a: >\n')],
  ['blank runs', of(`${'\n'.repeat(499)}#`, '')],
  ['deep', numbered(240, (at) => `${' '.repeat(at)}a:`)],
  ['keys', numbered(1_400, (at) => `k${at}: ${at}`)],
  ['a set', `considerations:\n${numbered(1_900, (at) => `- ${at}`)}`],
  ['wrong items', of('- 5\n', 'sources:\n')],
  ['aliases', `a: &a [x,x,x,x,x,x,x,x]\n${numbered(1_500, (at) => `b${at}: *a`)}`],
  ['a bomb', `a0: &a0 [x,x]\n${numbered(60, (at) => `b${at}: &a${at + 1} [*a${at},*a${at}]`)}`],
  ['fences', of('\n---  ', '')],
])('no front matter takes long: %s', (_what, yaml) => {
  const [, customer] = builtInKinds;
  if (customer === undefined) throw new Error('There are no kinds.');
  const text = `---\nid: a\n${yaml}\n---\nBody\n`;
  expect(cpuOf(() => readEntry(text, customer))).toBeLessThan(50);
  expect(cpuOf(() => editEntry(text, customer, { fields: { id: 'b', a: 'x' } }))).toBeLessThan(50);
  expect(cpuOf(() => editEntry(text, customer, { body: 'x' }))).toBeLessThan(50);
});

/** Milliseconds of processor time on the usual machine. */
function cpuOf(run: () => void): number {
  return fastest(processorTime, run, 8) / slowness(processorTime);
}
