import { expect, it } from 'vitest';
import { editEntry } from '../../knowledge/entries/edit-entry.ts';
import { fillEntry } from '../../knowledge/entries/fill-entry.ts';
import { isLfsPointer } from '../../knowledge/entries/lfs-pointer.ts';
import { readEntry } from '../../knowledge/entries/read-entry.ts';
import { roundTrip } from '../../knowledge/entries/round-trip.ts';
import { BadItem, importInto, readImportItem } from '../../knowledge/import/import-entry.ts';
import { mergeEntries } from '../../knowledge/merge/merge-entries.ts';
import { customer, merging, settings } from './merge/merging.ts';

const pointer = (digit: string) =>
  `version https://git-lfs.github.com/spec/v1\noid sha256:${digit.repeat(64)}\nsize 12345\n`;
const text = '---\nid: acme\nname: Acme\n---\nOne\n';

it('is recognised by its form, and nothing else is', () => {
  const extended = pointer('a').replace('oid', `ext-0-foo sha256:${'b'.repeat(64)}\noid`);
  for (const is of [pointer('a'), pointer('0').replaceAll('\n', '\r\n'), extended])
    expect(isLfsPointer(is)).toBe(true);
  const others = [
    ...['', text, `\n${pointer('a')}`, `${pointer('a')}\nAnd more.\n`, pointer('x')],
    `${text}\n\`\`\`\n${pointer('a')}\`\`\`\n`,
    pointer('a').replace('size', `${'x'.repeat(1024)}\nsize`),
  ];
  for (const other of others) expect([other, isLfsPointer(other)]).toEqual([other, false]);
});

it.each([customer, settings])('is an entry with a problem that says so', (kind) => {
  expect(readEntry(pointer('a'), kind)).toMatchObject({
    ...{ id: null, fields: {}, body: '' },
    problems: [
      { code: 'lfs_pointer', line: 1, message: expect.stringContaining('Git LFS') as unknown },
    ],
  });
});

it('is never edited as text', () => {
  for (const edit of [{ body: 'New\n' }, { fields: { id: 'acme' } }, {}])
    expect(editEntry(pointer('a'), customer, edit)).toMatchObject({
      ...{ kind: 'refused', line: 1, message: expect.stringContaining('Git LFS') as unknown },
    });
  const filled = fillEntry(pointer('a'), customer, { path: 'a.md', id: 'a' });
  expect(filled).toMatchObject({ kind: 'refused' });
  expect(roundTrip(pointer('a'), customer)).toMatchObject({
    ...{ edited: 0, refused: [], wrong: [] },
    unreadable: { message: expect.stringContaining('Git LFS') as string },
  });
  const item = { name: 'acme.md', content: pointer('a'), form: 'texts' as const };
  expect(() => readImportItem(item, customer, 'sales')).toThrow(BadItem);
  const row = {
    ...item,
    content: JSON.stringify({ id: 'acme', name: 'Acme' }),
    form: 'rows' as const,
  };
  const entry = readImportItem(row, customer, 'sales');
  expect(() => importInto(pointer('a'), entry, customer, new Date())).toThrow('Git LFS');
});

it('is never merged as text', async () => {
  const sides = [
    { base: pointer('a'), git: pointer('b'), mine: pointer('c') },
    { base: text, git: pointer('b'), mine: text.replace('One', 'Two') },
    { base: pointer('a'), git: text, mine: pointer('c') },
  ];
  for (const one of sides)
    expect(await mergeEntries(merging(one))).toEqual({
      kind: 'conflict',
      text: one.git,
      parts: [{ id: 'file', what: 'file', pointer: '', ...one }],
    });
  expect(await mergeEntries(merging({ ...sides[0]!, mine: pointer('a') }))).toEqual({
    ...{ kind: 'clean', text: pointer('b') },
  });
});
