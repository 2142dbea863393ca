import { describe, expect, it } from 'vitest';
import { editEntry } from '../../knowledge/entries/edit-entry.ts';
import { readEntry } from '../../knowledge/entries/read-entry.ts';
import { roundTrip } from '../../knowledge/entries/round-trip.ts';
import { importInto, readImportItem } from '../../knowledge/import/import-entry.ts';
import { entryOfRow } from '../../knowledge/import/import-row.ts';
import { mergeEntries } from '../../knowledge/merge/merge-entries.ts';
import type { JsonSchema, Kind } from '../../model/knowledge/entry.ts';

const part = (properties: Record<string, JsonSchema>): Kind => ({
  ...{ name: 'part', folder: 'parts', file: null, format: 'markdown', titleField: 'title' },
  ...{ indexFields: [], personal: false },
  schema: {
    type: 'object',
    properties: { id: { type: 'string' }, title: { type: 'string' }, ...properties },
    $defs: { code: { type: 'string' } },
  },
});
const kind = part({
  code: { type: 'string' },
  codes: { type: 'array', items: { $ref: '#/$defs/code' } },
  named: { type: 'object', additionalProperties: { type: ['string', 'null'] } },
  either: { type: ['string', 'number', 'null'] },
  count: { type: ['number', 'null'] },
  version: { enum: ['1.10', '2.0'] },
});
const entry = (...lines: string[]) => `---\nid: a\ntitle: A\n${lines.join('\n')}\n---\nText\n`;
const read = (...lines: string[]) => readEntry(entry(...lines), kind);

describe('what stands without quotes where a text is wanted', () => {
  it.each([
    '007',
    '1.10',
    '0x1F',
    '0o17',
    '1e3',
    '-0',
    '+5',
    '.5',
    '1.',
    'true',
    'False',
    'null',
    '~',
    '.inf',
    '12345678901234567890',
  ])('is the text as it is written: %s', (written) => {
    const { fields, problems } = read(`code: ${written}   # as it is`);
    expect(fields.code).toBe(written);
    expect(problems).toEqual([]);
  });

  it.each(['yes', 'no', 'on', '2026-01-15', '2026-01-15T08:00:00Z', '12:30:45', '1_000'])(
    'was a text before, which needs no hint: %s',
    (written) => {
      const { fields, hints } = read(`code: ${written}`);
      expect([fields.code, hints]).toEqual([written, []]);
    },
  );

  it('is told with its line, and how to write it', () => {
    expect(read('# codes', 'code: 007', 'codes: [1.10, "2"]').hints).toEqual([
      expect.objectContaining({
        line: 5,
        pointer: '/code',
        message: expect.stringMatching(/^007 .* write it in quotes/),
      }),
      expect.objectContaining({ line: 6, pointer: '/codes/0' }),
    ]);
  });

  it('is also so in lists and maps, by references, and where a choice has its spelling', () => {
    const lines = ['codes:', '  - 010', 'named: { a: 0x1F, b: , c: null }', 'version: 1.10'];
    const { fields, problems } = read(...lines);
    expect(fields).toMatchObject({
      codes: ['010'],
      named: { a: '0x1F', b: null, c: null },
      version: '1.10',
    });
    expect(problems).toEqual([]);
  });

  it.each([
    ['either: 007', '007'],
    ['either: 1.10', '1.10'],
    ['either: 7', 7],
    ['either: null', null],
    ['count: 007', 7],
    ['other: 007', 7],
    ['code:', null],
    ['code: "007"', '007'],
    ['code: !!int 007', '007'],
  ])('stays what YAML says if that is allowed and loses nothing: %s', (line, value) => {
    const name = line.slice(0, line.indexOf(':'));
    const { fields } = read(line);
    if (line.includes('!!')) expect(fields[name]).not.toBe(value);
    else expect(fields[name]).toBe(value);
  });

  it('keeps its bytes when another field is edited, and gets quotes when it is edited itself', () => {
    const text = entry('code: 007 # seven', 'codes: [1.10]', 'count: 1');
    const edit = (fields: object) => editEntry(text, kind, { fields: fields as never });
    expect(edit({ count: 2 })).toEqual({
      kind: 'edited',
      text: text.replace('count: 1', 'count: 2'),
    });
    expect(edit({ code: '007', codes: ['1.10'] })).toEqual({ kind: 'edited', text });
    expect(edit({ code: '008' })).toEqual({
      kind: 'edited',
      text: text.replace('007 #', '"008" #'),
    });
    expect(edit({ codes: ['1.10', '1.20'] })).toEqual({
      kind: 'edited',
      text: text.replace('[1.10]', '[1.10, "1.20"]'),
    });
    expect(roundTrip(text, kind)).toMatchObject({ unchanged: 1, refused: [], wrong: [] });
  });

  it('is written in quotes if somebody gives a number for it, and as a number where that is allowed', () => {
    const edited = editEntry(entry('code: x'), kind, {
      fields: { code: 7, codes: [1.5], named: { a: true }, either: 7, count: 7 },
    });
    expect(edited).toMatchObject({ kind: 'edited' });
    expect('text' in edited && readEntry(edited.text, kind)).toMatchObject({
      fields: { code: '7', codes: ['1.5'], named: { a: 'true' }, either: 7, count: 7 },
      hints: [],
    });
  });

  it('is no change for a merge or an import if the other side has it in quotes', async () => {
    const [plain, quoted] = [entry('code: 007', 'count: 1'), entry('code: "007"', 'count: 1')];
    const mine = plain.replace('count: 1', 'count: 2');
    const mergeTexts = () => Promise.resolve(null);
    expect(await mergeEntries({ kind, base: plain, git: quoted, mine, mergeTexts })).toEqual({
      kind: 'clean',
      text: quoted.replace('count: 1', 'count: 2'),
    });
    const item = {
      name: 'a',
      form: 'rows' as const,
      content: JSON.stringify({ id: 'a', code: '007' }),
    };
    expect(importInto(plain, readImportItem(item, kind, 'sales'), kind, new Date())).toBeNull();
  });

  it('is kept by columns of a table, and written in quotes', () => {
    const values = {
      id: 'b',
      title: 'B',
      code: '007',
      either: '1.10',
      other: '0x1F',
      count: '007',
    };
    expect(entryOfRow(values, kind).fields).toEqual({ ...values, count: 7 });
    const item = { name: 'b', form: 'rows' as const, content: JSON.stringify(values) };
    const made = importInto(null, readImportItem(item, kind, 'sales'), kind, new Date());
    expect(made?.text).toContain('code: "007"');
    expect(made?.text).toContain('other: "0x1F"');
    expect(made?.read.hints).toEqual([]);
  });
});
