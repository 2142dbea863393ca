import { describe, expect, it } from 'vitest';
import { withDates, withUpdated } from '../../knowledge/entries/dated-entry.ts';
import { readEntry } from '../../knowledge/entries/read-entry.ts';
import { importInto, readImportItem } from '../../knowledge/import/import-entry.ts';
import { builtInKinds } from '../../knowledge/kinds/kinds.ts';
import { readSchemaFile } from '../../knowledge/kinds/read-schema-file.ts';
import { mergeEntries } from '../../knowledge/merge/merge-entries.ts';
import type { JsonSchema, Kind } from '../../model/knowledge/entry.ts';

const now = new Date('2026-11-29T17:05:09.123Z');
const kindNamed = (name: string): Kind => {
  const kind = builtInKinds.find((one) => one.name === name);
  if (kind === undefined) throw new Error(`There is no kind ${name}.`);
  return kind;
};
const [skill, customer] = [kindNamed('skill'), kindNamed('customer')];
const own = (properties: Record<string, JsonSchema>): Kind => ({
  ...skill,
  schema: { type: 'object', properties: { id: {}, title: {}, ...properties } },
});
const entry = (...lines: string[]) =>
  `---\nid: a\ntitle: A\n${lines.map((line) => `${line}\n`).join('')}---\nText\n`;

describe('dates', () => {
  it.each([
    '2026-02-30',
    '2026-13-01',
    '2023-02-29',
    'next Tuesday',
    '2026-01-15T25:00:00Z',
    '01/15/2026',
    '2026-1-5',
  ])('that do not exist are problems with their line: %s', (date) => {
    const { problems, fields } = readEntry(entry('active: true', `updated: ${date}`), skill);
    expect(problems).toMatchObject([
      {
        code: 'schema',
        line: 5,
        pointer: '/updated',
        message: expect.stringContaining('must be a date that exists'),
      },
    ]);
    expect(fields.updated).toBe(date);
  });

  it.each([
    '2026-01-15',
    '2024-02-29',
    '2026-01-15T08:00:00Z',
    '2026-01-15T08:00:00.000+0000',
    '2026-01-15 08:00:00',
    '2026-01-15 08:00:00 +0200',
    '"2026-01-15"',
    '',
  ])('are read as they are written, with or without a time: %j', (date) => {
    const { problems, fields } = readEntry(entry(`updated: ${date}`), skill);
    expect(problems).toEqual([]);
    expect(fields.updated).toBe(date === '' ? null : date.replaceAll('"', ''));
  });

  it('are checked where a schema says so, in all places', () => {
    const kind = own({
      due: { type: 'string', format: 'date' },
      at: { type: 'string', format: 'date-time' },
    });
    const { problems } = readEntry(entry('due: 2026-02-30', 'at: 2026-02-01'), kind);
    expect(problems.map(({ line, message }) => [line, message])).toEqual([
      [4, 'This must be a date that exists, such as 2026-03-31.'],
      [5, 'This must be a date and time with a zone, such as 2026-03-31T08:00:00Z.'],
    ]);
    const source = readEntry(
      '---\nid: a\nname: A\nsources:\n  - url: x\n    addedAt: 2026-02-30\n---\n',
      customer,
    );
    expect(source.problems).toMatchObject([{ line: 6, pointer: '/sources/0/addedAt' }]);
  });
});

describe('the date of a save', () => {
  const saved = (before: string, kind: Kind, given: object = {}) =>
    withUpdated(before.replace('Text', 'New text'), before, kind, { given, now });
  const after = (before: string) => before.replace('Text', 'New text');
  const marked = own({ updated: { type: 'string', format: 'date', 'x-updated': true } });

  it.each([
    ['updated: 2026-01-15', 'updated: 2026-11-29'],
    ['updated: 2026-01-15  # by hand', 'updated: 2026-11-29  # by hand'],
    ["updated: '2026-01-15'", "updated: '2026-11-29'"],
    ['updated: "2026-01-15"', 'updated: "2026-11-29"'],
    ['updated: 2026-01-15T08:00:00Z', 'updated: 2026-11-29T17:05:09Z'],
    ['updated:', 'updated: 2026-11-29'],
    ['updated: next Tuesday', 'updated: 2026-11-29'],
  ])('keeps the style of the file: %s', (line, expected) => {
    expect(saved(entry(line), skill)).toBe(after(entry(expected)));
  });

  it.each([
    ['date', 'updated: 2026-01-15T08:00:00Z', 'updated: 2026-11-29'],
    ['date-time', 'updated: 2026-01-15', 'updated: 2026-11-29T17:05:09Z'],
  ])('has the format %s that the schema wants', (format, line, expected) => {
    const kind = own({ updated: { type: 'string', format, 'x-updated': true } });
    expect(saved(entry(line), kind)).toBe(after(entry(expected)));
  });

  it('is added if the kind says so, and by built-in kinds only where the file has it', () => {
    expect(saved(entry(), marked)).toBe(after(entry('updated: 2026-11-29')));
    expect(saved(entry(), skill)).toBe(after(entry()));
    expect(saved('Text without front matter', marked)).toBe('New text without front matter');
  });

  it('is not set if nothing else changed, if the person set it, or if the kind does not say so', () => {
    const text = entry('updated: 2026-01-15');
    expect(withUpdated(text, text, skill, { now })).toBe(text);
    expect(saved(text, skill, { updated: '2026-01-15' })).toBe(after(text));
    const typed = after(entry('updated: 2026-02-01'));
    expect(withUpdated(typed, text, skill, { now })).toBe(typed);
    const removed = after(entry());
    expect(withUpdated(removed, text, skill, { now })).toBe(removed);
    expect(saved(text, own({ updated: { type: 'string' } }))).toBe(after(text));
    expect(saved(text, own({ updated: { type: 'string', 'x-updated': false } }))).toBe(after(text));
  });

  it('changes nothing more when the same day brings another save', () => {
    const first = saved(entry('updated: 2026-01-15'), skill);
    const second = first.replace('New text', 'Newer text');
    expect(withUpdated(second, first, skill, { now })).toBe(second);
  });

  it('is left out if it would be against the schema, or cannot be written', () => {
    const kind = own({ updated: { type: 'string', maxLength: 3, 'x-updated': true } });
    expect(saved(entry('updated: old'), kind)).toBe(after(entry('updated: old')));
    const anchored = entry('updated: &date 2026-01-15', 'created: *date');
    expect(saved(anchored, skill)).toBe(after(anchored));
  });

  it('is one of the dates of a new entry, in the formats of its kind', () => {
    const kind = own({
      created: { type: 'string', format: 'date-time' },
      changed: { type: 'string', 'x-updated': true },
      updated: { type: 'integer' },
    });
    expect(withDates(kind, { id: 'a' }, now)).toEqual({
      ...{ id: 'a', created: '2026-11-29T17:05:09Z', changed: '2026-11-29' },
    });
    expect(withDates(skill, { id: 'a', created: '2020-01-01' }, now)).toEqual({
      ...{ id: 'a', created: '2020-01-01', updated: '2026-11-29' },
    });
  });

  it('is for texts, as a schema file that says otherwise is told', () => {
    const file = (updated: object) =>
      readSchemaFile(
        'knowledge/.schemas/own.json',
        Buffer.from(JSON.stringify({ properties: { updated }, 'x-gitward': { folder: 'own' } })),
      );
    expect(file({ type: 'integer', 'x-updated': true })).toMatchObject({
      problem: '#/properties/updated/x-updated is for a text with a date: add "string" to "type".',
    });
    expect(file({ type: 'string', 'x-updated': 'yes' })).toHaveProperty('problem');
    expect(file({ type: 'string', format: 'date', 'x-updated': true })).toHaveProperty('kind');
  });
});

describe('two sides that both have a new date', () => {
  const base = entry('updated: 2026-01-01', 'active: true');
  const merged = (git: string, mine: string, kind = skill) =>
    mergeEntries({
      kind,
      base,
      git: base.replace('2026-01-01', git),
      mine: base.replace('2026-01-01', mine).replace('active: true', 'active: false'),
      mergeTexts: () => Promise.resolve(null),
    });

  it.each([
    ['2026-03-01', '2026-02-01', '2026-03-01'],
    ['2026-02-01', '2026-03-01', '2026-03-01'],
    ['2026-03-01T08:00:00Z', '2026-03-01', '2026-03-01T08:00:00Z'],
    ['2026-03-01', '2026-03-01T08:00:00+02:00', '2026-03-01T08:00:00+02:00'],
    ['2026-03-01T10:00:00+02:00', '2026-03-01T08:00:00Z', '2026-03-01T10:00:00+02:00'],
    ['2026-02-30', '2026-02-01', '2026-02-01'],
    ['2026-02-01', 'soon', '2026-02-01'],
  ])('get the later one: %s and %s', async (git, mine, later) => {
    expect(await merged(git, mine)).toEqual({
      kind: 'clean',
      text: base.replace('2026-01-01', later).replace('active: true', 'active: false'),
    });
  });

  it('conflict if neither is a date, or the kind does not say that it is one', async () => {
    expect(await merged('soon', 'later')).toMatchObject({ parts: [{ id: 'field:/updated' }] });
    const kind = own({ updated: { type: 'string' } });
    expect(await merged('2026-03-01', '2026-02-01', kind)).toMatchObject({ kind: 'conflict' });
  });
});

describe('the dates of an import', () => {
  const row = (values: object) =>
    readImportItem(
      { name: 'acme', content: JSON.stringify(values), form: 'rows' },
      customer,
      'sales',
    );
  const text = (content: string) =>
    readImportItem({ name: 'a.md', content, form: 'texts' }, skill, 'sales');
  const later = new Date('2026-12-24T00:00:00Z');

  it('are those of a new row, unless it has its own; the same row again changes nothing', () => {
    const made = importInto(
      null,
      row({ id: 'acme', name: 'Acme', created: '2020-01-01' }),
      customer,
      now,
    );
    expect(made?.read.fields).toMatchObject({ created: '2020-01-01', updated: '2026-11-29' });
    const again = row({ id: 'acme', name: 'Acme', created: '2020-01-01' });
    expect(importInto(made?.text ?? '', again, customer, later)).toBeNull();
  });

  it('say when a row changed an entry, unless the row says it', () => {
    const made = importInto(null, row({ id: 'acme', name: 'Acme' }), customer, now)?.text ?? '';
    const changed = importInto(made, row({ id: 'acme', region: 'EMEA' }), customer, later);
    expect(changed?.read.fields).toMatchObject({
      created: '2026-11-29',
      updated: '2026-12-24',
      region: 'EMEA',
    });
    const told = { id: 'acme', region: 'EMEA', updated: '2026-12-01' };
    expect(importInto(made, row(told), customer, later)?.read.fields.updated).toBe('2026-12-01');
  });

  it('leave a new file as it is, and follow its changes', () => {
    const file = entry('updated: 2026-01-15');
    expect(importInto(null, text(file), skill, now)?.text).toBe(file);
    const undated = text(entry().replace('Text', 'New text'));
    expect(importInto(file, undated, skill, now)?.text).toBe(
      entry('updated: 2026-11-29').replace('Text', 'New text'),
    );
  });
});
