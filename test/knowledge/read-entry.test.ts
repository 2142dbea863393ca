import { expect, it } from 'vitest';
import { plainId } from '../../knowledge/entries/entry-id.ts';
import { builtInKinds } from '../../knowledge/kinds/kinds.ts';
import { maxEntryBytes, readEntry, readEntryBytes } from '../../knowledge/entries/read-entry.ts';
import type { Kind } from '../../model/knowledge/entry.ts';
import { randomSeed } from '../support/random-runs.ts';
import { entryCorpus } from '../support/knowledge/entry-corpus.ts';

function kindOf(name: string): Kind {
  const kind = builtInKinds.find((one) => one.name === name);
  if (kind === undefined) throw new Error(name);
  return kind;
}

const customer = kindOf('customer');
const category = kindOf('category');

const problemsOf = (text: string, kind = customer) =>
  readEntry(text, kind).problems.map(({ code, line, pointer }) => `${code} ${line} ${pointer}`);

it('reads a customer as people write it', () => {
  const text = `---
# The one with the rockets
id: acme
name: "Acme Corporation"
employeeCount: 120
updated: 2026-01-31
active: yes
x-own: kept
owners:
  - name: Jane
    email: jane@example.com
---

# Acme
`;
  expect(readEntry(text, { ...customer, schema: {} })).toEqual({
    id: 'acme',
    title: 'Acme Corporation',
    fields: {
      id: 'acme',
      name: 'Acme Corporation',
      employeeCount: 120,
      updated: '2026-01-31',
      active: 'yes',
      'x-own': 'kept',
      owners: [{ name: 'Jane', email: 'jane@example.com' }],
    },
    body: '\n# Acme\n',
    problems: [],
    hints: [],
  });
  expect(problemsOf(text)).toEqual(['schema 7 /active']);
});

it.each([
  ['no id', '---\nname: Acme\n---\n', ['no_id 1 ']],
  ['neither id nor name', '---\nregion: EU\n---\n', ['no_id 1 ', 'schema 1 ']],
  ['an invalid id', '---\nname: Acme\nid: "~x"\n---\n', ['no_id 3 /id']],
  ['an empty id', '---\nname: Acme\nid:\n---\n', ['schema 3 /id']],
  [
    'text instead of a number',
    '---\nid: a\nname: A\nemployeeCount: many\n---\n',
    ['schema 4 /employeeCount'],
  ],
  [
    'a wrong list item',
    '---\nid: a\nname: A\nowners:\n- name: J\n- [5]\n---\n',
    ['schema 6 /owners/1'],
  ],
  [
    'a wrong nested value',
    '---\nid: a\nname: A\nowners:\n- name: J\n  email: [5]\n---\n',
    ['schema 6 /owners/0/email'],
  ],
  ['no fences', 'Just text\n', ['no_front_matter 1 ']],
  ['no closing fence', '---\nid: a\n', ['unparsable 1 ']],
  ['front matter in another language', '---js\n{ id: process.exit() }\n---\n', ['unparsable 1 ']],
  ['a line that other readers take for the fence', '---\nid: a\n---x: 1\n---\n', ['unparsable 3 ']],
  ['invalid YAML', '---\nid: a\nname: b: c\n---\n', ['unparsable 3 ']],
  ['the same key twice', '---\nid: a\nname: A\nname: B\n---\n', ['unparsable 4 ']],
  ['a list instead of fields', '---\n- id: a\n---\n', ['unparsable 2 ']],
  ['an alias without an anchor', '---\nid: a\nname: *b\n---\n', ['unparsable 3 ']],
])('reports the line of the problem: %s', (_what, text, problems) => {
  expect(problemsOf(text)).toEqual(problems);
});

it.each([
  ['---\nid: 007\nname: 1.50\n---\n', '007', '1.50'],
  ['---\nid: 1e3\nname: 0x1F\n---\n', '1e3', '0x1F'],
  ['---\nid: "yes"\nname: "007"\n---\n', 'yes', '007'],
  ['---\nid: ünï\n---\n', 'ünï', 'ünï'],
])('keeps the id and the title as they are written in %j', (text, id, title) => {
  expect(readEntry(text, customer)).toMatchObject({ id, title });
});

it.each([
  ['is invalid elsewhere', '---\nid: acme\nname: a: b\n---\nBody\n'],
  ['has no closing fence', '---\nid: acme\n---x\n---\n'],
  ['has the same key twice', '---\nid: acme\nname: a\nname: b\n---\n'],
])('keeps the id that can be found without parsing in a file that %s', (_what, text) => {
  const { id, title, problems } = readEntry(text, customer);
  expect(problems[0]?.code).toBe('unparsable');
  expect(id).toBe(plainId(text) ?? null);
  expect(title).toBe(id ?? '');
});

it('keeps the id of a file that is not text, or is too large', () => {
  const latin = Buffer.from('---\nid: acme\nname: caf\xe9\n---\n', 'latin1');
  expect(readEntryBytes(latin, customer)).toMatchObject({
    id: 'acme',
    text: null,
    problems: [{ code: 'not_utf8', line: 1 }],
  });
  const large = `---\nid: acme\n---\n${'x'.repeat(maxEntryBytes)}`;
  expect(readEntry(large, customer)).toMatchObject({
    id: 'acme',
    problems: [{ code: 'too_large' }],
  });
  expect(readEntryBytes(Buffer.from(large), customer)).toMatchObject({ id: 'acme', text: null });
  expect(readEntryBytes(null, customer)).toMatchObject({ id: null, text: null });
});

it('reads the same id that is found without parsing', () => {
  const traps = [
    '---\nid: True\n---\n',
    '---\nid: NULL\n---\n',
    `---\nid: ${'x'.repeat(201)}\n---\n`,
    '---\nid: spans\n\n  lines\n---\n',
    '---\nid: acme\nid : twice\n---\n',
    "---\nname: 'over\nid: lines'\n---\n",
    '---\nname: {\nid: a }\n---\n',
    '---\n- a\nid: b\n---\n',
    '---\nid: a\n\tb: c\n---\n',
    '---\nid: a\n  b: c\n---\n',
  ];
  const corpus = [...entryCorpus(randomSeed, 1_000)].map(({ text }) => text);
  let seen = 0;
  for (const text of [...traps, ...corpus]) {
    const plain = plainId(text);
    if (plain === undefined) continue;
    seen += 1;
    expect({ text, id: readEntry(text, customer).id }).toEqual({ text, id: plain });
  }
  expect(seen).toBeGreaterThan(100);
});

it('keeps the byte order mark out of the body, and keeps text without front matter as the body', () => {
  expect(readEntry('\ufeffHello\n', customer).body).toBe('Hello\n');
  expect(readEntry('\ufeff---\r\nid: a\r\n---\r\nHello\r\n', customer)).toMatchObject({
    id: 'a',
    body: 'Hello\r\n',
  });
});

it('keeps numbers that JSON cannot hold as text, and keys as they are written', () => {
  const { fields } = readEntry(
    '---\nid: a\nbig: 12345678901234567890\ninf: -.inf\nnan: .nan\nzero: -0\n__proto__: x\n42: y\n---\n',
    customer,
  );
  expect(Object.entries(fields)).toEqual([
    ['42', 'y'],
    ['id', 'a'],
    ['big', '12345678901234567890'],
    ['inf', '-.inf'],
    ['nan', '.nan'],
    ['zero', 0],
    ['__proto__', 'x'],
  ]);
});

it('reads the file of categories, which needs no id', () => {
  const text = '{\n\t"categories": [{ "id": "a", "title": "A" }]\n}\n';
  expect(readEntry(text, category)).toMatchObject({ id: 'categories', problems: [] });
  expect(problemsOf('{\n  "a": 1,\n  b\n}\n', category)).toEqual(['unparsable 3 ']);
  expect(problemsOf('[]', category)).toEqual(['unparsable 1 ']);
});

it('reads numbers in JSON as they are written, and uses the last value of a key that occurs twice', () => {
  const kind = { ...category, file: null, titleField: 'name' };
  const text = '{"id": 007, "name": 1}'.replace('007', '70.0');
  expect(readEntry(text, kind)).toMatchObject({ id: '70.0', title: '1', fields: { id: 70 } });
  const { id, fields } = readEntry(
    '{"id": "a", "long": 12345678901234567890, "inf": 1e999, "zero": -0, "id": "b"}',
    kind,
  );
  expect(id).toBe('b');
  expect(fields).toEqual({ id: 'b', long: '12345678901234567890', inf: '1e999', zero: 0 });
});

it.each([
  ['a comment', '{\n"a": 1 // one\n}', 2],
  ['an extra comma', '{\n\n"a": 1,}', 3],
  ['a missing end', '{\n"a": [\n', 3],
  ['a second value', '{}\n{}', 2],
  ['no content', '', 1],
  ['very deep nesting', `{"a":\n${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 1],
])('cannot read JSON with %s, and reports the line', (_what, text, line) => {
  expect(problemsOf(text, category)).toEqual([`unparsable ${line} `]);
});

it('reports the right line in long JSON', () => {
  const kind = { ...category, schema: { properties: { last: { type: 'string' } } } };
  const many = Array.from({ length: 4_000 }, (_, at) => `  "key ${at}": [${at}, "a]\\"{", {}],`);
  const text = `{\n${many.join('\n')}\n  "last": 5\n}\n`;
  expect(problemsOf(text, kind)).toEqual(['schema 4002 /last']);
});
