import { describe, expect, it } from 'vitest';
import { editEntry } from '../../knowledge/entries/edit-entry.ts';
import { plainId } from '../../knowledge/entries/entry-id.ts';
import { fillEntry } from '../../knowledge/entries/fill-entry.ts';
import { readEntry } from '../../knowledge/entries/read-entry.ts';
import { roundTrip } from '../../knowledge/entries/round-trip.ts';
import { lineOfField } from '../../knowledge/front-matter/line-of-field.ts';
import { mergeEntries } from '../../knowledge/merge/merge-entries.ts';
import type { EntryFields } from '../../model/knowledge/entry.ts';
import { customer, merging } from './merge/merging.ts';

/** Front matter that js-yaml and PyYAML read, with what they read. */
const readable: [string, string, EntryFields][] = [
  [
    'quoted text that goes on at column 0',
    'id: acme\nname: "A long\nname"\nlast: 1\n',
    { name: 'A long name' },
  ],
  [
    'text in single quotes that goes on at column 0',
    "id: acme\nname: 'It''s a long\n\nname: # really'\nlast: 1\n",
    { name: "It's a long\nname: # really" },
  ],
  [
    'quoted text that looks like keys',
    'name: "multi\nid: fake\n- x\n\\" y"\nid: acme\nlast: 1\n',
    { name: 'multi id: fake - x " y' },
  ],
  [
    'a list that closes at column 0',
    'id: acme\ntags: [\n  one, # first\n  "two"\n]\nlast: 1\n',
    { tags: ['one', 'two'] },
  ],
  [
    'a list whose items are at column 0',
    'id: acme\ntags: [\none,\n"t]wo",\n# comment, [\nit\'s\n]\nlast: 1\n',
    { tags: ['one', 't]wo', "it's"] },
  ],
  [
    'a map that closes at column 0',
    'id: acme\nowner: {\nname: Eva,\n"email": e@x }\nlast: 1\n',
    { owner: { name: 'Eva', email: 'e@x' } },
  ],
  [
    'a quoted item that goes on left of its dash',
    'id: acme\nlinks:\n  - url: "https://x\n y"\n    title: T\n  - "z\nz"\nlast: 1\n',
    { links: [{ url: 'https://x y', title: 'T' }, 'z z'] },
  ],
  [
    'block text before it',
    'id: acme\nnote: |\n  "not a quote\n  [\n\nname: "A\nB"\nlast: 1\n',
    { note: '"not a quote\n[\n', name: 'A B' },
  ],
  ['CRLF', 'id: acme\r\nname: "A\r\nB"\r\nlast: 1\r\n', { name: 'A B' }],
  [
    'an anchor and its alias',
    'id: acme\nname: &n "A\nB"\nother: *n\nlast: 1\n',
    { name: 'A B', other: 'A B' },
  ],
];

describe.each(readable)('front matter with %s', (_what, yaml, expected) => {
  const text = `---\n${yaml}---\nBody\n`;

  it('is read, with its id, and is not invalid for that', () => {
    const read = readEntry(text, customer);
    expect(read).toMatchObject({ id: 'acme', problems: [], body: 'Body\n' });
    expect(read.fields).toEqual({ id: 'acme', last: 1, ...expected });
    expect(plainId(text)).toBeUndefined();
    expect(lineOfField(text, customer, '/last')).toBe(text.split('last')[0]!.split('\n').length);
  });

  it('is edited in another field, and only there', () => {
    const edit = editEntry(text, customer, { fields: { last: 2 }, body: 'New\n' });
    const wanted = text.replace('last: 1', 'last: 2').replace('Body', 'New');
    expect(edited(edit)).toBe(wanted);
    const grown = edited(editEntry(text, customer, { fields: { region: 'EMEA' } }));
    expect(grown).toBe(text.replace(/last: 1(\r?\n)/, 'last: 1$1region: EMEA$1'));
  });

  it('is never edited wrongly, whichever value changes', () => {
    const { wrong, unchanged, edited: count } = roundTrip(text, customer);
    expect([wrong, unchanged]).toEqual([[], 1]);
    expect(count).toBeGreaterThan(0);
  });

  it('is merged by its fields', async () => {
    const git = text.replace(/^id: acme(\r?\n)/m, 'id: acme$1region: EMEA$1');
    const mine = text.replace('last: 1', 'last: 2');
    expect(await mergeEntries(merging({ base: text, git, mine }))).toMatchObject({
      ...{ kind: 'clean', text: git.replace('last: 1', 'last: 2') },
    });
  });
});

it('the value itself is edited where the result is certain', () => {
  const change = (yaml: string, fields: EntryFields) =>
    edited(editEntry(`---\n${yaml}---\n`, customer, { fields })).slice(4, -4);
  expect(change('id: a\nname: "A\nB"\nx: 1\n', { name: 'C' })).toBe('id: a\nname: "C"\nx: 1\n');
  expect(change('id: a\ntags: [\na,\nb\n]\nx: 1\n', { tags: ['a', 'c'] })).toBe(
    'id: a\ntags: [\na,\nc\n]\nx: 1\n',
  );
  expect(change('id: a\nname: "A\nB"\nx: 1\n', { name: null })).toBe('id: a\nx: 1\n');
});

it.each([
  ['id: acme\nname: "A\nB\n', 2],
  ['id: acme\nname: [a,\nb\n', 2],
  // js-yaml does not read this.
  ['id: acme\nname: "A\nB" C\n', 2],
  ['id: acme\nname: A\nB\n', 3],
])('what nobody can read is a problem with its line: %j', (yaml, line) => {
  expect(readEntry(`---\n${yaml}---\n`, customer).problems).toMatchObject([{ code: 'unparsable' }]);
  expect(readEntry(`---\n${yaml}---\n`, customer).problems[0]!.line).toBeGreaterThanOrEqual(line);
});

it('what js-yaml does not read is refused, and says to indent the continued line', () => {
  // It knows no such tag.
  const text = '---\nid: acme\nname: "A\nB"\nother: !custom x\n---\n';
  const message = expect.stringContaining('Indent the continued line') as unknown;
  expect(readEntry(text, customer).problems).toMatchObject([{ line: 4, message }]);
  expect(editEntry(text, customer, { fields: { id: 'b' } })).toMatchObject({
    ...{ kind: 'refused', line: 4, message },
  });
});

it('takes little time for any front matter', () => {
  const pieces = [
    '"',
    "'",
    '[',
    '- ',
    '- [',
    'a: "\n',
    'a: [\n',
    "'\n",
    '\n"',
    '{a: "x\ny"}\n',
    '"\\',
  ];
  for (const piece of pieces) {
    const many = piece.repeat(Math.floor(32_000 / piece.length));
    for (const yaml of [many, `a: "x\ny"\n${many}`, `a: [\n${many}\n]`, `a: "\n${many}"`]) {
      const before = performance.now();
      readEntry(`---\nid: a\n${yaml}\n---\n`, customer);
      expect(performance.now() - before).toBeLessThan(1_000);
    }
  }
  const deep = `${'- '.repeat(15_000)}"x\n${'y\n'.repeat(500)}"`;
  expect(readEntry(`---\n${deep}\n---\n`, customer).problems).toHaveLength(1);
});

describe('front matter that ends with ...', () => {
  const text = '---\nid: acme\nname: Acme\n...\nBody\n---\nMore\n';

  it('is read, edited and kept', () => {
    expect(readEntry(text, customer)).toMatchObject({
      ...{ id: 'acme', fields: { name: 'Acme' }, body: 'Body\n---\nMore\n', problems: [] },
    });
    expect(plainId(text)).toBe('acme');
    const change = { fields: { name: 'New', region: 'EMEA' }, body: 'Other\n' };
    expect(edited(editEntry(text, customer, change))).toBe(
      '---\nid: acme\nname: New\nregion: EMEA\n...\nOther\n',
    );
    const windows = text.replaceAll('\n', '\r\n');
    expect(edited(editEntry(windows, customer, { body: 'Other\n' }))).toBe(
      '---\r\nid: acme\r\nname: Acme\r\n...\r\nOther\r\n',
    );
    const filled = fillEntry('---\nname: Acme\n...\n', customer, { path: 'a.md', id: 'acme' });
    expect(filled).toMatchObject({ text: '---\nname: Acme\nid: acme\n...\n' });
  });

  it('ends with the --- after it, if nothing is in between', () => {
    const both = '---\nid: acme\n...\n\n---\nBody\n';
    expect(readEntry(both, customer)).toMatchObject({ id: 'acme', body: 'Body\n' });
    expect(edited(editEntry(both, customer, { fields: { id: 'b' } }))).toBe(
      both.replace('acme', 'b'),
    );
    const begins = editEntry('---\nid: acme\n...\nx\n', customer, { body: '\n---\nx\n' });
    expect(begins.kind).toBe('refused');
  });
});

function edited(result: ReturnType<typeof editEntry>): string {
  if (result.kind === 'refused') throw new Error(`line ${result.line}: ${result.message}`);
  return result.text;
}
