import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultSamples, type SamplesPolicy } from '../../../model/mirror/samples.ts';
import type { Table } from '../../../model/platform/storage.ts';
import { samplesChapter } from '../../../platforms/keboola/guide/guide-samples.ts';
import { cutMark, mask, maxCell } from '../../../platforms/samples/arrange-rows.ts';
import { tableJudge } from '../../../platforms/samples/judge-table.ts';
import { sampleFiles } from '../../../platforms/samples/sample-files.ts';
import { samplePaths } from '../../../platforms/samples/sample-paths.ts';
import { bucket, column, provided, storage, table } from '../../support/mirror/platform-storage.ts';

const policy: SamplesPolicy = { ...defaultSamples, enabled: true };

function judge(tables: Table[], over: Partial<SamplesPolicy> = {}, buckets = [] as never[]) {
  const all = storage(tables, buckets);
  return tableJudge(all, { ...policy, ...over })(tables[0]!);
}

function files(
  rows: (string | null)[][],
  over: Partial<SamplesPolicy> & { masked?: string[]; columns?: string[] } = {},
) {
  const { masked = [], columns = ['id', 'name'], ...samples } = over;
  const made = sampleFiles({
    branchId: '1',
    table: table('in.c-shop.orders', { columns: columns.map((name) => column(name)) }),
    masked,
    sample: {
      tableId: 'in.c-shop.orders',
      columns: columns.filter((name) => !masked.includes(name)),
      rows,
    },
    path: 'storage/samples/in.c-shop/orders',
    policy: { samples: { ...policy, ...samples }, secrets: 'encrypted' },
  });
  const texts = Object.fromEntries(
    made.files.map(({ path, content }) => [path, Buffer.from(content).toString()]),
  );
  return { ...made, texts, csv: texts['storage/samples/in.c-shop/orders.csv'] ?? '' };
}

describe('a sample', () => {
  test('is CSV as in RFC 4180, has sorted rows, and distinguishes a missing value from empty text', () => {
    expect(
      files([
        ['2', 'a,b'],
        ['10', 'say "hi"'],
        ['1', 'line\nend'],
        ['3', null],
        ['3', ''],
      ]).csv,
    ).toBe('id,name\r\n1,"line\nend"\r\n10,"say ""hi"""\r\n2,"a,b"\r\n3,\r\n3,""\r\n');
  });

  test('is read by another program as it was, whatever it contains', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.constantFrom('', ' ', '"', ',', '\r\n', '\n', '\r', ';', '=1+1', '\t', '"",""'),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 20 }), (rows) => {
        const { csv } = files(rows);
        const read = parse(csv, { record_delimiter: '\r\n', relax_column_count: false });
        const clean = rows.map((row) => row.map((text) => text.replaceAll('\0', '\ufffd')));
        const inOrder = (all: unknown[]) => all.map((row) => JSON.stringify(row)).sort();
        expect(inOrder(read.slice(1))).toEqual(inOrder(clean));
        // In the grammar of RFC 4180, the only line end outside of quotes is CRLF.
        expect(csv.replace(/"(?:[^"]|"")*"/g, '').replaceAll('\r\n', '')).not.toMatch(/[\r\n"]/);
      }),
    );
  });

  test('is the same whatever the order of the rows from the platform', () => {
    const rows = [
      ['1', 'é'],
      ['1', 'z'],
      ['1', null],
      ['\u{1f600}', 'a'],
      ['\uffee', 'a'],
    ];
    const { texts } = files(rows, { formats: ['csv', 'json'] });
    expect(files([...rows].reverse(), { formats: ['csv', 'json'] }).texts).toEqual(texts);
    // In the order of bytes, U+FFEE comes before everything above U+FFFF.
    expect(files(rows).csv).toBe('id,name\r\n1,\r\n1,z\r\n1,é\r\n\uffee,a\r\n\u{1f600},a\r\n');
  });

  test('has one line per row if it is JSON', () => {
    const { texts } = files(
      [
        ['2', 'b'],
        ['1', null],
      ],
      { formats: ['json'] },
    );
    expect(texts).toEqual({
      'storage/samples/in.c-shop/orders.json':
        '{\n  "tableId": "in.c-shop.orders",\n  "columns": [\n    "id",\n    "name"\n  ],\n' +
        '  "rows": [\n    [ "1", null ],\n    [ "2", "b" ]\n  ]\n}\n',
    });
  });

  test('has no value of a masked column, even if the value was read before', () => {
    const made = sampleFiles({
      branchId: '1',
      table: table('in.c-crm.people', { columns: [column('id'), column('email')] }),
      masked: ['email'],
      sample: {
        tableId: 'in.c-crm.people',
        columns: ['email', 'id'],
        rows: [['eva@example.com', '1']],
      },
      path: 'storage/samples/in.c-crm/people',
      policy: { samples: policy, secrets: 'encrypted' },
    });
    expect(Buffer.from(made.files[0]!.content).toString()).toBe(`id,email\r\n1,${mask}\r\n`);
  });

  test('has at most the allowed number of rows, and marks where long values were cut', () => {
    const { csv } = files(
      Array.from({ length: 50 }, (_, index) => [String(index), 'x'.repeat(maxCell + 1)]),
      { rows: 3 },
    );
    const lines = csv.trimEnd().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toBe(`0,${'x'.repeat(maxCell - cutMark.length)}${cutMark}`);
  });

  test('that is too large loses its last rows, and says so', () => {
    const rows = Array.from({ length: 100 }, (_, index) => [
      String(index).padStart(3, '0'),
      'é'.repeat(50),
    ]);
    const { files: made, csv, warnings } = files(rows, { maxBytes: 2_048 });
    expect(made[0]!.content.length).toBeLessThanOrEqual(2_048);
    // The next row would not have fit.
    expect(made[0]!.content.length).toBeGreaterThan(2_048 - 106);
    expect(csv.trimEnd().split('\r\n').at(1)).toMatch(/^000,/);
    expect(warnings).toMatchObject([
      {
        owner: 'sample/1/in.c-shop.orders',
        message: expect.stringContaining('has only 19 of 100 rows'),
      },
    ]);
  });

  test('whose column names alone are too large is left out, and says so', () => {
    const { files: made, warnings } = files([], { columns: ['x'.repeat(2_000)], maxBytes: 1_024 });
    expect(made).toEqual([]);
    expect(warnings).toHaveLength(1);
  });

  test('of an empty table has only the line of column names', () => {
    expect(files([]).csv).toBe('id,name\r\n');
  });

  test('has no encrypted values if the mirror omits them', () => {
    const made = sampleFiles({
      branchId: '1',
      table: table('in.c-a.b', { columns: [column('v')] }),
      masked: [],
      sample: { tableId: 'in.c-a.b', columns: ['v'], rows: [['KBC::ProjectSecure::eJwB']] },
      path: 'p',
      policy: { samples: policy, secrets: 'omitted' },
    });
    expect(Buffer.from(made.files[0]!.content).toString()).not.toContain('eJwB');
  });
});

describe('the policy', () => {
  const people = (over: Partial<Table> = {}) =>
    table('in.c-crm.people', { columns: [column('id'), column('email')], ...over });
  const leftOut = (why: string) => ({ kind: 'left_out', why });

  test('samples a table if no rule leaves it out', () => {
    expect(judge([people()])).toEqual({ kind: 'sampled', read: ['id', 'email'], masked: [] });
  });

  test.each([
    ['a pattern', people(), { exclude: ['in.c-crm.*'] }, 'excluded'],
    [
      'metadata',
      people({ metadata: provided({ user: { 'access.level': 'board' } }) }),
      { excludeMetadata: [{ key: 'access.level', value: null }] },
      'metadata',
    ],
    [
      'the tag of a column',
      people({
        columns: [column('id'), column('email', { metadata: provided({ user: { pii: 'true' } }) })],
      }),
      {},
      'personal_data',
    ],
    [
      'the value of a tag of a column',
      people({
        columns: [
          column('email', { metadata: provided({ user: { tags: 'crm, Personal-Data' } }) }),
        ],
      }),
      {},
      'personal_data',
    ],
    [
      'a tag of the table',
      people({ metadata: provided({ user: { 'data.classification': 'GDPR' } }) }),
      {},
      'personal_data',
    ],
    ['masks for all columns', people(), { mask: { columns: ['in.c-crm.*:*'] } }, 'all_masked'],
    ['a lack of columns', people({ columns: [] }), {}, 'no_columns'],
  ] as const)('leaves a table out because of %s', (_name, one, over, why) => {
    expect(judge([one], over as Partial<SamplesPolicy>)).toEqual(leftOut(why));
  });

  test('leaves a table out because of the metadata of its bucket', () => {
    const all = storage(
      [people()],
      [bucket('in.c-crm', { metadata: provided({ user: { owner: 'legal' } }) })],
    );
    const excludeMetadata = [{ key: 'owner', value: 'legal' }];
    expect(tableJudge(all, { ...policy, excludeMetadata })(all.tables[0]!)).toEqual(
      leftOut('metadata'),
    );
    const other = [{ key: 'owner', value: 'sales' }];
    expect(tableJudge(all, { ...policy, excludeMetadata: other })(all.tables[0]!)).toMatchObject({
      kind: 'sampled',
    });
  });

  test('ignores a tag that says no', () => {
    const email = column('email', { metadata: provided({ user: { pii: 'false' } }) });
    expect(judge([people({ columns: [email] })])).toMatchObject({ kind: 'sampled' });
  });

  test('masks columns by table and name, and always masks secrets', () => {
    const one = people({ columns: [column('id'), column('E_Mail'), column('#token')] });
    expect(judge([one], { mask: { columns: ['in.c-*:e?mail', 'in.c-other.*:id'] } })).toEqual({
      kind: 'sampled',
      read: ['id'],
      masked: ['E_Mail', '#token'],
    });
  });

  test('shows no more of an alias than of the table behind it', () => {
    const alias = (over: Partial<Table> = {}) =>
      table('out.c-share.people', {
        columns: [column('id'), column('email')],
        alias: { tableId: 'in.c-crm.people', projectId: null, followsColumns: true, filter: null },
        ...over,
      });
    expect(judge([alias(), people()], { exclude: ['in.c-crm.*'] })).toEqual(leftOut('excluded'));
    expect(judge([alias(), people()], { mask: { columns: ['in.c-crm.people:email'] } })).toEqual({
      kind: 'sampled',
      read: ['id'],
      masked: ['email'],
    });
    const tagged = people({
      columns: [column('email', { metadata: provided({ user: { pii: '1' } }) })],
    });
    expect(judge([alias(), tagged])).toEqual(leftOut('personal_data'));
    // The chain of an alias of itself has no end, so the alias is left out.
    const loop = {
      tableId: 'out.c-share.people',
      projectId: null,
      followsColumns: true,
      filter: null,
    };
    expect(judge([alias({ alias: loop })])).toEqual(leftOut('excluded'));
  });

  test('reads a tag with a megabyte of value at once', () => {
    const tagged = people({ metadata: provided({ user: { pii: `${' '.repeat(1_000_000)}x` } }) });
    expect(judge([tagged])).toEqual(leftOut('personal_data'));
  });
});

describe('the paths of samples', () => {
  const pathsOf = (ids: string[], present: string[] = []) => {
    const all = storage(ids.map((id) => table(id)));
    return samplePaths({ storage: all, tables: all.tables, formats: ['csv'], present });
  };

  test('are the same as those of the metadata', () => {
    expect(
      Object.fromEntries(pathsOf(['in.c-shop.orders', 'in.c-shop.Bucket', 'in.c-shop.CON'])),
    ).toEqual({
      'in.c-shop.orders': 'storage/samples/in.c-shop/orders',
      'in.c-shop.Bucket': expect.stringMatching(
        /^storage\/samples\/in\.c-shop\/Bucket-[0-9a-f]{10}$/,
      ),
      'in.c-shop.CON': expect.stringMatching(/^storage\/samples\/in\.c-shop\/CON-[0-9a-f]{10}$/),
    });
  });

  test('split a bucket that has many tables, and stay split for a while', () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => `in.c-shop.t${at}`);
    const split = [...pathsOf(many(3_001)).values()];
    expect(split.every((path) => /^storage\/samples\/in\.c-shop\/[0-9a-f]{2}\/t/.test(path))).toBe(
      true,
    );
    const present = split.map((path) => `${path}.csv`);
    expect([...pathsOf(many(2_500), present).values()][0]).toMatch(/in\.c-shop\/[0-9a-f]{2}\/t0$/);
    expect([...pathsOf(many(2_500)).values()][0]).toBe('storage/samples/in.c-shop/t0');
  });

  test('split a folder that has many buckets', () => {
    const buckets = Array.from({ length: 3_001 }, (_, at) => `in.c-b${at}.t`);
    const split = [...pathsOf(buckets).values()];
    expect(split[0]).toMatch(/^storage\/samples\/[0-9a-f]{2}\/in\.c-b0\/t$/);
    const present = split.map((path) => `${path}.csv`);
    expect([...pathsOf(buckets.slice(0, 2_500), present).values()][0]).toMatch(
      /^storage\/samples\/[0-9a-f]{2}\/in\.c-b0\/t$/,
    );
  });
});

test('the guide describes samples if they are on, and says nothing if they are off', () => {
  expect(samplesChapter(defaultSamples)).toEqual([]);
  const text = samplesChapter({
    ...policy,
    rows: 20,
    mask: { columns: ['*:email`'] },
    exclude: ['in.c-hr.*'],
  }).join('\n');
  expect(text).toContain('at most 20 rows');
  expect(text).toContain("`*:email'`");
  expect(text).toContain('`in.c-hr.*`');
});
