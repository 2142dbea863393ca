import { expect, it } from 'vitest';
import { editEntry } from '../../knowledge/entries/edit-entry.ts';
import { findFrontMatter } from '../../knowledge/front-matter/front-matter.ts';
import { builtInKinds } from '../../knowledge/kinds/kinds.ts';
import { readEntry } from '../../knowledge/entries/read-entry.ts';
import { hostileFrontMatter } from './hostile-entries.ts';

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

const [, customer] = builtInKinds;
if (customer === undefined) throw new Error('There are no kinds.');

it.each(hostileFrontMatter)(
  'reads and edits front matter that takes long to parse, or stops at a limit: %s',
  (_what, yaml, limit) => {
    const text = `---\nid: a\n${yaml}\n---\nBody\n`;
    const { id, problems } = readEntry(text, customer);
    const edit = () => editEntry(text, customer, { fields: { id: 'b', a: 'x' } });
    if (limit === null) {
      expect([id, problems.map(({ code }) => code)]).toEqual(['a', ['schema']]);
      const edited = edit();
      expect(edited.kind === 'edited' && readEntry(edited.text, customer).fields).toMatchObject({
        ...{ id: 'b', a: 'x' },
      });
    } else {
      expect(problems).toMatchObject([
        { code: 'unparsable', message: expect.stringContaining(limit) as unknown },
      ]);
      expect(edit()).toMatchObject({
        kind: 'refused',
        message: expect.stringContaining(limit) as unknown,
      });
    }
  },
);

// These are as large as entries may be, so anything that is not linear takes minutes.
it.each(['\n---  x', '\n-', '\n', '\r', ' ', '\n\n#', '- a\n', '[', '"', '-\n', '---'])(
  'refuses a mebibyte of %j in front matter, and accepts it as a body',
  (piece) => {
    const much = piece.repeat(Math.floor(1_000_000 / piece.length));
    const endless = `---\n${much}`;
    expect(readEntry(endless, customer).problems).toMatchObject([{ code: 'unparsable' }]);
    expect(editEntry(endless, customer, { body: 'x' }).kind).toBe('refused');
    const long = `---\nid: a\n${much}\n---\nBody\n`;
    expect(readEntry(long, customer).problems).toMatchObject([
      { message: expect.stringMatching(/is longer than 32 KiB|500 or more blank/) as unknown },
    ]);
    expect(editEntry(long, customer, { fields: { a: 'x' } }).kind).toBe('refused');
    const before = `---\nid: a\n---\n${much}`;
    expect(readEntry(before, customer)).toMatchObject({ id: 'a', body: much });
    expect(editEntry(before, customer, { body: 'x' })).toEqual({
      kind: 'edited',
      text: /[\r\n]$/.test(piece) ? '---\nid: a\n---\nx\n' : '---\nid: a\n---\nx',
    });
  },
);
