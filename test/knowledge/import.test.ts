import { describe, expect, test } from 'vitest';
import { BadItem, importInto, readImportItem } from '../../knowledge/import/import-entry.ts';
import { pathOfItem } from '../../knowledge/import/import-path.ts';
import { entryOfRow, rowName } from '../../knowledge/import/import-row.ts';
import { BadTable } from '../../knowledge/import/table-format.ts';
import { tableRows, type TableRow } from '../../knowledge/import/import-table.ts';
import { kindsOf } from '../../knowledge/kinds/kinds.ts';
import type { Kind } from '../../model/knowledge/entry.ts';

/** So many cells in a line, each with a number. */
const cells = (count: number, name: string) =>
  Array.from({ length: count }, (_, index) => `${name}${index}`).join(',');

/** All rows of a table. */
async function readTable(format: 'csv' | 'json', content: string): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  for await (const row of tableRows(format, content)) rows.push(row);
  return rows;
}

/** Reads a table without keeping it. */
async function readThrough(content: string): Promise<number> {
  let rows = 0;
  for await (const { place } of tableRows('csv', content)) rows += place === '' ? 0 : 1;
  return rows;
}

const kinds = kindsOf([]);
const customer = kinds.find(({ name }) => name === 'customer')!;
const skill = kinds.find(({ name }) => name === 'skill')!;

describe('a table of an existing database', () => {
  test('is read from CSV as spreadsheets write it in any country', async () => {
    const comma = '\ufeffid,Name\r\nacme,"Acme, the\nfirst"\r\n\r\nbeta,\r\n';
    expect(await readTable('csv', comma)).toEqual([
      { place: 'line 2', values: { id: 'acme', Name: 'Acme, the\nfirst' } },
      { place: 'line 5', values: { id: 'beta', Name: '' } },
    ]);
    const semicolon = 'id;owners\nacme;"a;b"\n';
    expect(await readTable('csv', semicolon)).toMatchObject([{ values: { owners: 'a;b' } }]);
    expect(await readTable('csv', 'id\tname\n1\tÄ\n')).toMatchObject([{ values: { name: 'Ä' } }]);
  });

  test.each([
    ['id,name\n\n1,"A\nB"\n\n\n2,C\n3,"x\n\ny"\n4,D\n', [3, 7, 8, 11]],
    ['id,name\r\n1,"A\r\nB"\r\n\r\n2,C\r\n', [2, 5]],
    ['\ufeffid;name\r\n1;"A\nB"\r\n2;C', [2, 4]],
    [`id,name\n${'1,x\n'.repeat(9_000)}2,"${'y\n'.repeat(20_000)}"\n3,z\n`, null],
  ])('knows the line at which each row begins, as editors count: %#', async (content, lines) => {
    const rows = await readTable('csv', content);
    const places = rows.map(({ place }) => place);
    if (lines === null) expect(places.slice(-2)).toEqual(['line 9002', 'line 29003']);
    else expect(places).toEqual(lines.map((line) => `line ${line}`));
  });

  test('is refused with the line at which the broken row begins', async () => {
    for (const [content, message] of [
      ['id,name\n1,"a\nb"\n\n2\n', 'line 5: Invalid Record Length: columns length'],
      ['id,name\n1,"a\nb"\n2,"open\n3,x\n4,y\n', 'line 4: Quote Not Closed'],
      ['id,name\n1,"a\nb"\n2,"x"y\n', 'line 4: Invalid Closing Quote'],
    ] as const)
      await expect(readTable('csv', content)).rejects.toThrow(
        message.replace(': columns length', ''),
      );
  });

  test('keeps characters that span two chunks of the CSV, and columns with unusual names', async () => {
    const long = `${'x'.repeat(65_535)}😀`;
    const [row] = await readTable('csv', `__proto__,text\na,${long}\n`);
    expect(row?.values.text).toBe(long);
    expect(Object.keys(row?.values ?? {})).toEqual(['__proto__', 'text']);
  });

  test.each([
    ['', 'is empty'],
    ['id,id\n1,2\n', 'two columns named "id"'],
    ['id,\n1,2\n', 'Column 2 has no name'],
    ['id,name\n1\n', 'line 2'],
    ['id,name\n1,"open\n', 'Quote'],
  ])(
    'is refused if its CSV is broken, with the place of the error: %j',
    async (content, message) => {
      const reading = readTable('csv', content);
      await expect(reading).rejects.toThrow(BadTable);
      await expect(reading).rejects.toThrow(message);
    },
  );

  test.each([
    ['50,000 columns', cells(50_000, 'c'), 'more than 1,000 columns (line 1)'],
    [
      'a row of 50,000 cells',
      `id,name\n"a\nb"${','.repeat(50_000)}\n`,
      'more than 1,000 columns (line 3)',
    ],
    ['columns without end', ','.repeat(5_000_000), 'more than 1,000 columns'],
    ['a quote without end', `id,name\n1,"${'x'.repeat(3_000_000)}`, 'bytes in a row (line 2)'],
    ['a long name of a column', `${'x'.repeat(201)},b\n`, 'column 1 is longer than 200 characters'],
    [
      'half of a surrogate pair in a name',
      'a,b\ud800\n',
      'column 2 contains NUL or half of a surrogate',
    ],
  ])('is refused if its CSV has %s', async (_, content, message) => {
    const reading = readThrough(content);
    await expect(reading).rejects.toThrow(BadTable);
    await expect(reading).rejects.toThrow(message);
  });

  test('gives others a turn while its CSV is read', async () => {
    const row = `1,${'x'.repeat(200)}\n`;
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    const rows = await readTable('csv', `id,body\n${row.repeat(20_000)}`);
    clearInterval(timer);
    expect(rows).toHaveLength(20_000);
    expect(turns).toBeGreaterThan(20);
  });

  test('keeps characters of CSV that cannot be stored, so that they can be refused', async () => {
    const [row] = await readTable('csv', 'id,name\n1,a\ud800\n');
    expect(row?.values.name).toBe('a\0');
  });

  test('is read from JSON that is a list, or an object with one list', async () => {
    const rows = [{ place: 'item 1', values: { id: 7 } }];
    expect(await readTable('json', '[{"id":7}]')).toEqual(rows);
    expect(await readTable('json', '{"exportedAt":"today","customers":[{"id":7}]}')).toEqual(rows);
    await expect(readTable('json', '{"a":[],"b":[]}')).rejects.toThrow('with one list');
    await expect(readTable('json', '[1]')).rejects.toThrow('item 1 is not an object');
    await expect(readTable('json', '{')).rejects.toThrow(BadTable);
  });
});

describe('a row', () => {
  const kind: Kind = {
    ...({ name: 'thing', folder: 'things', file: null, format: 'markdown' } as const),
    ...{ titleField: 'name', indexFields: [], personal: false },
    schema: {
      properties: {
        id: { type: 'string' },
        name: { type: 'string' },
        annualRevenue: { type: ['number', 'null'] },
        active: { type: 'boolean' },
        owners: { type: 'array', items: { type: 'string' } },
        years: { type: 'array', items: { type: 'integer' } },
        sources: { type: 'array', items: { type: 'object' } },
      },
    },
  };

  test('becomes fields by its column names, with the values that the schema expects', () => {
    const row = {
      ID: 17,
      Name: 'Acme',
      annual_revenue: ' 1200000.50 ',
      Active: 'yes',
      owners: 'ann; bob ;',
      years: '2020;2021',
      sources: '[{"url":"https://a.example"}]',
      legacy_code: 'x-1',
      markdown: '# Acme',
    };
    expect(entryOfRow(row, kind)).toEqual({
      fields: {
        id: '17',
        name: 'Acme',
        annualRevenue: 1200000.5,
        active: true,
        owners: ['ann', 'bob'],
        years: [2020, 2021],
        sources: [{ url: 'https://a.example' }],
        legacy_code: 'x-1',
      },
      body: '# Acme',
    });
  });

  test('leaves out empty cells, and leaves it to the schema to reject values that do not fit', () => {
    const row = { id: 'a', name: '  ', active: null, annualRevenue: 'a lot', owners: '[broken' };
    expect(entryOfRow(row, kind)).toEqual({
      fields: { id: 'a', annualRevenue: 'a lot', owners: ['[broken'] },
      body: null,
    });
  });

  test('is named by its id, or by its title if it has no id', () => {
    expect(rowName({ Id: 12, name: 'Acme' }, kind)).toBe('12');
    expect(rowName({ id: ' ', NAME: 'Acme' }, kind)).toBe('Acme');
    expect(rowName({ other: 'x' }, kind)).toBeNull();
  });
});

describe('the place of an imported file', () => {
  const texts = { kind: null, items: 'texts' } as const;
  const at = (name: string, settings: Parameters<typeof pathOfItem>[0]['settings'] = texts) =>
    pathOfItem({ kinds, root: 'knowledge', settings }, name);

  test('follows from its folder, given with or without the root', () => {
    const place = { kind: customer, path: 'knowledge/customers/acme.md' };
    expect(at('customers/acme.md')).toEqual(place);
    expect(at('./knowledge/customers/acme.md')).toEqual(place);
    expect(at('customers\\acme.md')).toEqual(place);
  });

  test('follows from the settings of the import in other folders, and is never outside the root', () => {
    expect(() => at('notes/acme.md')).toThrow(BadItem);
    expect(at('notes/acme.md', { kind: 'skill', items: 'texts' })).toEqual({
      kind: skill,
      path: null,
    });
    expect(() => at('customers/../../secret.md')).toThrow(BadItem);
    expect(() => at('x.md', { kind: 'nothing', items: 'texts' })).toThrow('no kind nothing');
  });

  test.each(['con.md', 'sub/COM1/a.md', 'a\u202eb.md', `${'é'.repeat(130)}.md`, 'a /b.md'])(
    'is refused with what to do if some system cannot have its name: %j',
    (name) => {
      expect(() => at(`customers/${name}`)).toThrow(/cannot be the name .* Rename it/);
      const settings = { kind: 'customer', items: 'texts' } as const;
      expect(() => at(`customers/${name}`, settings)).toThrow('Rename it');
    },
  );

  test.each(['\u200c.git', 'git~1', 'a:b', 'CON .', 'tab\t'])(
    'is refused if some file systems would take its name for another: %j',
    (name) => {
      expect(() => at(`customers/${name}/a.md`)).toThrow(BadItem);
    },
  );
});

describe('importing an item', () => {
  const now = new Date('2026-11-29T17:00:00Z');
  const text = (content: string, name = 'acme.md') =>
    readImportItem({ name, content, form: 'texts' }, customer, 'sales');
  const row = (values: object, name = 'acme') =>
    readImportItem({ name, content: JSON.stringify(values), form: 'rows' }, customer, 'sales');

  test('creates a new entry with its text unchanged', () => {
    const content = '---\nid: acme # ours\nname: "Acme"\n---\n\n# Acme\n';
    expect(importInto(null, text(content), customer, now)).toMatchObject({
      text: content,
      read: { id: 'acme', title: 'Acme' },
    });
  });

  test('adds an id to an entry without one, the same each time, and changes nothing else', () => {
    const content = '---\nname: "Acme"   # as they write it\n---\nText without a line end';
    const first = text(content);
    expect(first.id).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(first.text?.replace(/^id: .*\n/m, '')).toBe(content);
    expect(text(content).text).toBe(first.text);
    expect(text(content, 'other.md').id).not.toBe(first.id);
    expect(importInto(first.text, text(content), customer, now)).toBeNull();
  });

  test('keeps ids of names that would have another slug now, so that importing again makes no twin', () => {
    // Computed before slugs were transliterated: it must never change.
    expect(row({ name: 'Zażółć' }, 'Zażółć').id).toBe('a6e4df95-4414-571a-babc-475e3ba361e1');
  });

  test('changes only what differs in an existing entry, and keeps every other byte', () => {
    const head = "---\r\nid: acme\r\nname: 'Acme' # old\r\nregion: EMEA\r\n---\r\nAs it was";
    const changed = importInto(
      head,
      row({ id: 'acme', name: 'Acme', region: 'APAC' }),
      customer,
      now,
    );
    expect(changed?.text).toBe(head.replace('EMEA', 'APAC'));
    expect(importInto(head, row({ id: 'acme', name: 'Acme' }), customer, now)).toBeNull();
    const body = importInto(head, row({ id: 'acme', body: 'New' }), customer, now);
    expect(body?.text).toBe(head.replace('As it was', 'New'));
  });

  test('is not about line ends, neither in the body nor in cells of several lines', () => {
    const head =
      '---\nid: acme\nname: Acme\nbillingLocation: |-\n  Prague\n  Brno\n---\nOne\nTwo\n';
    const cells = { id: 'acme', billingLocation: 'Prague\r\nBrno', body: 'One\r\nTwo' };
    expect(importInto(head, row(cells), customer, now)).toBeNull();
    expect(
      importInto(head, text(`\ufeff${head.replaceAll('\n', '\r\n')}`), customer, now),
    ).toBeNull();
    const moved = importInto(
      head,
      row({ ...cells, billingLocation: 'Prague\r\nPlzeň' }),
      customer,
      now,
    );
    expect(moved?.text).toBe(head.replace('Brno', 'Plzeň'));
    const made = importInto(null, row({ ...cells, name: 'Acme' }), customer, now);
    expect(made?.text).not.toContain('\r');
  });

  test('changes nothing if a row is imported again', () => {
    const values = {
      id: 'acme',
      name: 'Acme: the "first"',
      annual_revenue: '12.5',
      created: '2024-01-31',
      website: 'https://acme.example/#top',
      unknown_column: 'yes',
      considerations: 'one; two',
      body: 'Text\n\n- list\n',
    };
    const made = importInto(null, row(values), customer, now);
    expect(made?.read.problems).toEqual([]);
    expect(importInto(made!.text, row(values), customer, now)).toBeNull();
  });

  test.each([
    ['No front matter at all.\n', /line 1/],
    ['---\nid: acme\nname: [\n---\n', /line \d/],
    ['---\nid: [1]\nname: Acme\n---\n', /id/],
    ['---\nid: acme\nname: 7\nactive: perhaps\n---\n', /line 4: \/active/],
  ])('refuses what cannot be used, and says why: %j', (content, message) => {
    expect(() => importInto(null, text(content), customer, now)).toThrow(BadItem);
    expect(() => importInto(null, text(content), customer, now)).toThrow(message);
  });

  test('accepts problems that the entry already had, but no new ones', () => {
    const head = '---\nid: acme\nname: Acme\nactive: perhaps\n---\n';
    expect(importInto(head, row({ id: 'acme', name: 'Acme Inc.' }), customer, now)?.text).toBe(
      head.replace('name: Acme', 'name: Acme Inc.'),
    );
    expect(() => importInto(head, row({ id: 'acme', name: ['x'] }), customer, now)).toThrow(
      BadItem,
    );
  });
});
