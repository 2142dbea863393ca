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

it.each(hostileFrontMatter)(
  'reads and edits, or refuses, front matter that is made to take long: %s',
  (_what, yaml) => {
    const [, customer] = builtInKinds;
    if (customer === undefined) throw new Error('There are no kinds.');
    const text = `---\nid: a\n${yaml}\n---\nBody\n`;
    const { id, problems } = readEntry(text, customer);
    expect(id === 'a' || problems.length > 0).toBe(true);
    for (const edit of [{ fields: { id: 'b', a: 'x' } }, { body: 'x' }])
      expect(['edited', 'refused']).toContain(editEntry(text, customer, edit).kind);
  },
);
