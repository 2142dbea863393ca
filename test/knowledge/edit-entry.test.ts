import { describe, expect, it } from 'vitest';
import { editEntry, writeEntry, type EntryEdit } from '../../knowledge/entries/edit-entry.ts';
import { builtInKinds } from '../../knowledge/kinds/kinds.ts';
import { readEntry } from '../../knowledge/entries/read-entry.ts';
import type { EntryFields, JsonValue, Kind } from '../../model/knowledge/entry.ts';

function kindOf(name: string): Kind {
  const kind = builtInKinds.find((one) => one.name === name);
  if (kind === undefined) throw new Error(name);
  return kind;
}

const customer = kindOf('customer');
const category = kindOf('category');

/** The front matter after an edit; for a refusal, its pointer and line. */
function edited(yaml: string, fields: EntryFields): string {
  const result = editEntry(`---\n${yaml}---\nBody\n`, customer, { fields });
  if (result.kind === 'refused') return `refused: ${result.pointer} ${result.line}`;
  expect(result.text.endsWith('---\nBody\n')).toBe(true);
  const read = readEntry(result.text, customer).fields;
  for (const [name, value] of Object.entries(fields))
    if (value !== null) expect(Object.entries(read)).toContainEqual([name, value]);
  return result.text.slice(4, -'---\nBody\n'.length);
}

function whole(text: string, edit: EntryEdit, kind = customer): string {
  const result = editEntry(text, kind, edit);
  if (result.kind === 'refused') throw new Error(result.message);
  return result.text;
}

describe('editing fields', () => {
  it.each([
    ['adds a field at the end', 'id: a\n', { b: 1 }, 'id: a\nb: 1\n'],
    ['adds a field before comments at the end', 'id: a\n# end\n', { b: 1 }, 'id: a\nb: 1\n# end\n'],
    ['adds a field to empty front matter', '', { id: 'a' }, 'id: a\n'],
    [
      'adds a field to front matter that has only comments',
      '# none\n',
      { id: 'a' },
      '# none\nid: a\n',
    ],
    [
      'adds a field after block text',
      'id: a\nt: |\n  x\n\n',
      { b: 1 },
      'id: a\nt: |\n  x\nb: 1\n\n',
    ],
    ['adds a field after a list', 'id: a\nl:\n- x # y\n', { b: 1 }, 'id: a\nl:\n- x # y\nb: 1\n'],
    ['removes the first field', 'id: a\nb: 1\nc: 2\n', { id: null }, 'b: 1\nc: 2\n'],
    [
      'removes a field between comments',
      'id: a\n# x\nb: 1 # y\n# z\nc: 2\n',
      { b: null },
      'id: a\n# x\n# z\nc: 2\n',
    ],
    ['removes the last field', 'id: a\nb:\n  - 1\n  - 2\n', { b: null }, 'id: a\n'],
    ['removes the only field', 'id: a\n', { id: null }, ''],
    [
      'changes nothing if the field to be removed does not exist',
      'id: a\n',
      { b: null },
      'id: a\n',
    ],
    [
      'changes nothing if the field to be removed is already empty',
      'id: a\nb:\n',
      { b: null },
      'id: a\nb:\n',
    ],
    ['fills an empty field', 'id: a\nb: # why\nc: 1\n', { b: 'x' }, 'id: a\nb: x # why\nc: 1\n'],
    [
      'changes several fields at once',
      'id: a\nb: 1\nc: 2\n',
      { c: 3, b: null, d: 4 },
      'id: a\nc: 3\nd: 4\n',
    ],
    [
      'keeps the kind of quotes',
      'a: "x" # y\nb: \'x\'\n',
      { a: 'z', b: "it's" },
      "a: \"z\" # y\nb: 'it''s'\n",
    ],
    ['replaces a map with text', 'a:\n  b: 1\nc: 2\n', { a: 'x' }, 'a: x\nc: 2\n'],
    ['replaces text with a list', 'a: x\nc: 2\n', { a: ['x', 'v'] }, 'a: [x, v]\nc: 2\n'],
    [
      'replaces an empty value with a list',
      'a:\nc: 2\n',
      { a: ['x', 'v'] },
      'a:\n  - x\n  - v\nc: 2\n',
    ],
    ['replaces a list with text', 'a:\n- x\n- y\nc: 2\n', { a: 'x' }, 'a: x\nc: 2\n'],
    ['replaces text with a map', 'a: x\nc: 2\n', { a: { b: 'x' } }, 'a:\n  b: x\nc: 2\n'],
    ['empties a list', 'a:\n- x\n- y\nc: 2\n', { a: [] }, 'a: []\nc: 2\n'],
    ['fills an empty list', 'a: []\nc: 2\n', { a: ['x'] }, 'a: [x]\nc: 2\n'],
  ] as [string, string, EntryFields, string][])('%s', (_what, yaml, fields, expected) => {
    expect(edited(yaml, fields)).toBe(expected);
  });
});

describe('editing lists and maps', () => {
  const two = { name: 'J', email: 'j@x' };
  it.each([
    ['adds an item to a list', 'a:\n  - x\n  # end\n', ['x', 'v'], 'a:\n  - x\n  - v\n  # end\n'],
    [
      'adds an item to a list that is not indented',
      'a:\n- x\nb: 1\n',
      ['x', 'v'],
      'a:\n- x\n- v\nb: 1\n',
    ],
    ['adds an item at the start', 'a:\n  - x\n', ['w', 'x'], 'a:\n  - w\n  - x\n'],
    [
      'adds an item in the middle',
      'a:\n  - x # 1\n  - z\n',
      ['x', 'v', 'z'],
      'a:\n  - x # 1\n  - v\n  - z\n',
    ],
    ['removes the first item', 'a:\n  - x\n  - y # 2\n', ['y'], 'a:\n  - y # 2\n'],
    [
      'removes an item from the middle',
      'a:\n- x\n# about y\n- y\n- z\n',
      ['x', 'z'],
      'a:\n- x\n# about y\n- z\n',
    ],
    ['removes the last item', 'a:\n  - x\n  - y\nb: 1\n', ['x'], 'a:\n  - x\nb: 1\n'],
    ['changes an item', 'a:\n  - x\n  - "y" # 2\n', ['x', 'z'], 'a:\n  - x\n  - "z" # 2\n'],
    [
      'adds an item to a list in brackets',
      'a: [x, y] # c\n',
      ['x', 'y', 'z'],
      'a: [x, y, z] # c\n',
    ],
    ['adds an item at the start of a list in brackets', 'a: [x]\n', ['w', 'x'], 'a: [w, x]\n'],
    [
      'removes an item from the middle of a list in brackets',
      'a: [x, y, z]\n',
      ['x', 'z'],
      'a: [x, z]\n',
    ],
    ['removes the first item of a list in brackets', 'a: [ x, y ]\n', ['y'], 'a: [ y ]\n'],
    ['removes the last item of a list in brackets', 'a: [x, y]\n', ['x'], 'a: [x]\n'],
    ['empties a list in brackets', 'a: [x, y]\n', [], 'a: []\n'],
    [
      'adds a line to a list in brackets',
      'a: [\n  x,\n  y\n]\n',
      ['x', 'y', 'z'],
      'a: [\n  x,\n  y,\n  z\n]\n',
    ],
    [
      'adds a line after a trailing comma',
      'a: [\n  x,\n  y,\n]\n',
      ['x', 'y', 'z'],
      'a: [\n  x,\n  y,\n  z,\n]\n',
    ],
    [
      'changes a value of a map in a list',
      'a:\n- name: J # n\n  email: k@x\n- b\n',
      [two, 'b'],
      'a:\n- name: J # n\n  email: j@x\n- b\n',
    ],
    [
      'adds a key to a map in a list',
      'a:\n  - name: J\n  - b\n',
      [two, 'b'],
      'a:\n  - name: J\n    email: j@x\n  - b\n',
    ],
    [
      'adds a map to a list',
      'a:\n  - name: K\n',
      [{ name: 'K' }, two],
      'a:\n  - name: K\n  - name: J\n    email: j@x\n',
    ],
    [
      'changes a map in brackets',
      'a: [{name: J, email: k}]\n',
      [two],
      'a: [{name: J, email: j@x}]\n',
    ],
    [
      'changes a nested map',
      'a:\n  b:\n    c: 1 # x\n    d: 2\n',
      { b: { c: 3, d: 2 } },
      'a:\n  b:\n    c: 3 # x\n    d: 2\n',
    ],
    [
      'removes a key from a nested map',
      'a:\n  b: 1\n  c: 2\nd: 1\n',
      { b: 1 },
      'a:\n  b: 1\nd: 1\n',
    ],
    ['removes all keys of a nested map', 'a:\n  b: 1\nd: 1\n', {}, 'a: {}\nd: 1\n'],
    ['replaces all keys of a nested map', 'a:\n  b: 1\nd: 1\n', { c: 2 }, 'a: { c: 2 }\nd: 1\n'],
  ] as [string, string, JsonValue, string][])('%s', (_what, yaml, a, expected) => {
    expect(edited(yaml, { a })).toBe(expected);
  });
});

describe('editing text values', () => {
  it.each([
    ['yes', '"yes"'],
    ['1.0', '"1.0"'],
    ['007', '"007"'],
    ['null', '"null"'],
    ['', '""'],
    ['a: b', '"a: b"'],
    ['a:b', 'a:b'],
    ['# x', '"# x"'],
    ['a # x', '"a # x"'],
    ['  x', '"  x"'],
    ['- x', '"- x"'],
    ['*x', '"*x"'],
    ['---', '"---"'],
    ['🚀 x', '🚀 x'],
    ['2026-01-31', '2026-01-31'],
    ['it\'s "x"', 'it\'s "x"'],
    ['tab\tx', '"tab\\tx"'],
    ['\u2028\u0085\ufeff', '"\\u2028\\u0085\\ufeff"'],
    ['two\nlines', '|-\n  two\n  lines'],
    ['two\n\nlines\n', '|\n  two\n\n  lines'],
    // As block text at the end of the front matter, it would lose a line end in gray-matter.
    ['two\nlines\n\n', '"two\\nlines\\n\\n"'],
    [' two\nlines', '" two\\nlines"'],
    ['a\n---\nb', '|-\n  a\n  ---\n  b'],
  ])('writes %j in a form that every reader understands', (value, written) => {
    expect(edited('a: x\n', { a: value })).toBe(`a: ${written}\n`);
  });

  it.each([
    ['|\n  x\n  y\n', 'x\nz\n', '|\n  x\n  z\n'],
    ['|-\n    x # y\n', 'z', '|-\n    z\n'],
    ['>\n  x\n  y\n', 'one line\n', '>\n  one line\n'],
    ['>-\n  x\n', 'two\nlines', '>-\n  two\n\n  lines\n'],
    ['|+ # c\n  x\n\n', 'y\n\n', '|+ # c\n  y\n\n'],
    ['|\n  x\n\n', 'y\n', '|\n  y\n\n'],
    ['|\n  x\n', 'y\n\n', '"y\\n\\n"\n'],
    ['|2\n   x\n', 'y\n', '|\n   y\n'],
    ['|\n  x\n', '', '""\n'],
  ])('keeps the style of block text: %j is set to %j', (old, value, written) => {
    expect(edited(`a: ${old}b: 1\n`, { a: value })).toBe(`a: ${written}b: 1\n`);
  });

  it.each(['|', '|+', '>', '>+'])('takes little time for any number of line ends: %s', (style) => {
    const many = '\n'.repeat(200_000);
    const start = performance.now();
    for (const value of [`${many}x`, `x${many}`, `x${many}y`])
      expect(edited(`a: ${style}\n  x\n`, { a: value })).toContain('refused');
    expect(performance.now() - start).toBeLessThan(3_000);
  });

  it.each(['a b', 'yes', '1', 'a: b', '# x', '', '🚀', '-', '__proto__', 'x\ny', '"q"', '?', '<<'])(
    'quotes the key %j if necessary',
    (key) => {
      const yaml = edited('id: a\n', Object.fromEntries([[key, 'v']]));
      expect(yaml).toMatch(/^id: a\n[^\n]+: v\n$/);
      expect(edited(yaml, Object.fromEntries([[key, null]]))).toBe('id: a\n');
    },
  );
});

describe('edits that might change something else', () => {
  it.each([
    ['a: &x 1\nb: *x\n', 'a', 2],
    ['a: &x 1\nb: *x\n', 'b', 3],
    ['a: &x [1]\nb: [{c: *x}]\n', 'a', 2],
    ['a:\n  - c: &x 1\nb: *x\n', 'a', 3],
    ['a: !tag x\n', 'a', 2],
    ['b: &x {c: 1}\na:\n  <<: *x\n', 'a', 4],
    ['a: 1\na: 2\n', 'a', 3],
    ['a: [\n', 'a', 3],
    ['? a\n: 1\n', 'a', 2],
  ])('are refused: %j', (yaml, name, line) => {
    expect(
      edited(yaml, { [name]: name === 'a' && yaml.includes('<<') ? { '<<': {} } : 'new' }),
    ).toBe(`refused: /${name} ${line}`);
  });

  it('do not prevent edits of other fields in the same file', () => {
    expect(edited('a: &x 1\nb: *x\nc: 2\n', { c: 3 })).toBe('a: &x 1\nb: *x\nc: 3\n');
    expect(edited('a: !tag x\nc: 2\n', { c: 3 })).toBe('a: !tag x\nc: 3\n');
  });

  it.each([
    ['a: &x 1\n', 2, 'a: &x 2\n'],
    ['a: &x\n', 'z', 'a: &x z\n'],
    ['a: &x # c\n', 'z', 'a: &x z # c\n'],
    ['a: &x >-\n    y\n    z\n', 'u', 'a: &x >-\n    u\n'],
    ['a: &x [1, &y 2]\n', [1, 3], 'a: &x [1, &y 3]\n'],
    ['a: &x\n  - 1\n  - &y 2\n', [2], 'a: &x\n  - &y 2\n'],
    ['a: &x\n  c: &y "1"\n', { c: '2' }, 'a: &x\n  c: &y "2"\n'],
    ['a: &x\n  c: &y "1"\n', null, ''],
  ])('do not include those of an anchor that no alias refers to: %j', (old, value, written) => {
    const around = (yaml: string) => `u: &used 1\n${yaml}b: *used\n`;
    expect(edited(around(old), { a: value })).toBe(around(written));
  });

  it('include all edits of fields in a file without YAML front matter', () => {
    expect(editEntry('text\n', customer, { fields: { a: 1 } })).toMatchObject({ kind: 'refused' });
    expect(editEntry('---js\n{}\n---\n', customer, { fields: { a: 1 } })).toMatchObject({
      kind: 'refused',
    });
  });
});

describe('editing a file', () => {
  it('keeps CRLF, the byte order mark and a missing line end', () => {
    const text = '\ufeff---\r\nid: a\r\nl:\r\n- x\r\n---\r\nBody';
    expect(whole(text, { fields: { l: ['x', 'v'], b: 'two\nlines\n' } })).toBe(
      '\ufeff---\r\nid: a\r\nl:\r\n- x\r\n- v\r\nb: |\r\n  two\r\n  lines\r\n---\r\nBody',
    );
  });

  it('works for a file that ends with its closing fence', () => {
    expect(whole('---\nid: a\n---', { fields: { b: 1 } })).toBe('---\nid: a\nb: 1\n---');
    expect(whole('---\nid: a\n---', { body: 'x\n' })).toBe('---\nid: a\n---\nx');
    expect(whole('---\r\nid: a\r\n---', { body: 'x\n' })).toBe('---\r\nid: a\r\n---\r\nx');
    expect(whole('---\n---\n', { fields: { id: 'a' } })).toBe('---\nid: a\n---\n');
  });

  it('writes a body with the line ends of the file, and keeps the body if only its line ends differ', () => {
    const text = '---\r\nid: a\r\n---\r\none\r\ntwo\r\n';
    expect(whole(text, { body: 'one\ntwo\n' })).toBe(text);
    expect(whole(text, { body: 'one\n---\nthree' })).toBe(
      '---\r\nid: a\r\n---\r\none\r\n---\r\nthree\r\n',
    );
    expect(whole('---\nid: a\n---\nx\n', { body: '' })).toBe('---\nid: a\n---\n');
    expect(whole('text\n', { body: 'other\n' })).toBe('other\n');
  });

  it('refuses a body that would be read as front matter, or that has half a character or NUL in it', () => {
    expect(editEntry('text\n', customer, { body: '---\nid: a\n---\n' }).kind).toBe('refused');
    expect(editEntry('---\nid: a\n---\n', customer, { body: '\ud83d' }).kind).toBe('refused');
    expect(editEntry('---\nid: a\n---\n', customer, { body: 'x\0' }).kind).toBe('refused');
  });
});

describe('editing JSON', () => {
  const text =
    '{\r\n\t"id": "categories",\r\n\t"categories": [\r\n\t\t{ "id": "a", "title": "A" },\r\n\t\t{ "id": "b", "title": "B" }\r\n\t]\r\n}\r\n';
  const [a, b] = [
    { id: 'a', title: 'A' },
    { id: 'b', title: 'B' },
  ];
  const of = (categories: JsonValue) => whole(text, { fields: { categories } }, category);

  it('changes a value in a list of objects', () => {
    expect(of([a, { id: 'b', title: 'C: "x"\n' }])).toBe(text.replace('"B"', '"C: \\"x\\"\\n"'));
    expect(of([a, b])).toBe(text);
  });

  it('adds and removes objects on their own lines', () => {
    expect(of([a, b, { id: 'c', title: 'C' }])).toBe(
      text.replace('"B" }', '"B" },\r\n\t\t{ "id": "c", "title": "C" }'),
    );
    expect(of([a])).toBe(text.replace(',\r\n\t\t{ "id": "b", "title": "B" }', ''));
    expect(of([b])).toBe(text.replace('{ "id": "a", "title": "A" },\r\n\t\t', ''));
    expect(JSON.parse(of([]))).toEqual({ id: 'categories', categories: [] });
  });

  it('adds and removes keys', () => {
    expect(of([{ ...a, x: null, y: 1 }, b])).toBe(text.replace('"A"', '"A", "x": null, "y": 1'));
    expect(of([{ id: 'a' }, b])).toBe(text.replace(', "title": "A"', ''));
    expect(whole(text, { fields: { id: null } }, category)).toBe(
      text.replace('"id": "categories",\r\n\t', ''),
    );
    expect(whole('{}\n', { fields: { a: [1] } }, category)).toBe('{"a": [1]}\n');
  });

  it('keeps what only JSON allows, and numbers as they are written', () => {
    const long = 'k'.repeat(2_000);
    const odd = `\ufeff{"a":1.0,\t"big":12345678901234567890,"${long}":[],"a/b~":{"__proto__":"\\u00e9"}}`;
    expect(whole(odd, { fields: { a: 2 } }, category)).toBe(odd.replace('1.0', '2'));
    expect(whole(odd, { fields: { a: 1, big: '12345678901234567890' } }, category)).toBe(odd);
    expect(whole(odd, { fields: { [long]: [[], {}] } }, category)).toBe(
      odd.replace('[]', '[[], {}]'),
    );
  });

  it.each([
    ['has the same key twice', '{\n"a": 1,\n"b": {"x": 1,\n"x": 2}}', { a: 2 }, 4, 'The key "x" occurs twice. Edit the text.'],
    ['has a comment', '{\n"a": 1 // one\n}', { a: 2 }, 2, 'Edit the text.'],
    ['is nested too deeply', `{\n"a": ${'['.repeat(50)}${']'.repeat(50)}}`, { a: 2 }, 2, 'It is nested more than 48 levels deep. Edit the text.'],
    ['is a list', '[1]', { a: 2 }, 1, 'Edit the text.'],
    ['is too long', `{"a": "${'x'.repeat(33_000)}"}`, { a: 2 }, 1, 'The file is longer than 32 KiB. Edit the text.'],
  ])('refuses JSON that %s', (_what, source, fields, line, message) => {
    expect(editEntry(source, category, { fields })).toEqual({
      kind: 'refused',
      pointer: '/a',
      line,
      message: expect.stringContaining(message) as string,
    });
  }); // prettier-ignore
});

describe('a new entry', () => {
  it('has its fields in the order of the schema, followed by any others', () => {
    const fields = {
      zeta: '2026-01-31',
      name: 'Acme: #1',
      owners: [{ name: 'J', email: 'j@x' }],
      region: null,
      id: '007',
      considerations: ['yes', 'x'],
      notes: 'two\nlines\n',
    };
    const text = writeEntry(customer, fields, 'Body');
    expect(text).toBe(`---
id: "007"
name: "Acme: #1"
owners:
  - name: J
    email: j@x
considerations:
  - "yes"
  - x
zeta: 2026-01-31
notes: |
  two
  lines
---
Body
`);
    const { region, ...kept } = fields;
    expect(region).toBeNull();
    expect(readEntry(text, customer)).toMatchObject({ id: '007', fields: kept, problems: [] });
  });

  it('is read back as it was given, whatever it contains', () => {
    const hostile = [
      '',
      ' ',
      '\n',
      '\t',
      ': ',
      '# ',
      '- ',
      '...',
      '---\n',
      '\u2028',
      '"',
      "'",
      '\\',
      '{',
      '[',
      '%',
      '@',
      '`',
      '|',
      '>',
      '&a',
      '*a',
      '!a',
      '~',
      'null',
      '1e5',
      '0x1',
      'a\n\n b\n',
      ' a\nb',
      'a\n \nb',
      'a\r\nb',
      '\ufeff',
      '🚀',
    ];
    const fields: EntryFields = Object.fromEntries(hostile.map((text) => [`k${text}`, text]));
    const all: EntryFields = {
      id: 'a',
      name: 'A',
      list: hostile,
      maps: [fields, [hostile], {}],
      ...fields,
    };
    const read = readEntry(writeEntry(customer, all, '---\nbody'), customer);
    expect(read).toMatchObject({ fields: all, body: '---\nbody\n', problems: [] });
  });

  it('is written as JSON if its kind is JSON', () => {
    expect(writeEntry(category, { b: [1], id: 'x' }, '')).toBe(
      '{\n  "id": "x",\n  "b": [\n    1\n  ]\n}\n',
    );
  });
});

it('removes the blank lines after a field that would become part of the block text before it', () => {
  const text = '---\nid: a\nnote: |\n  two\n  lines\ngone:\n  a: 1\n   \nname: x\n---\n';
  expect(editEntry(text, customer, { fields: { gone: null } })).toEqual({
    kind: 'edited',
    text: '---\nid: a\nnote: |\n  two\n  lines\nname: x\n---\n',
  });
});
