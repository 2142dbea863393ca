import { describe, expect, it } from 'vitest';
import type { GivenFile } from '../../../web/pages/import/given-file.ts';
import { readGiven } from '../../../web/pages/import/read-given.ts';
import { maxEntryBytes } from '../../../knowledge/entries/read-entry.ts';
import { nameInImport, sortFiles } from '../../../web/pages/import/sort-files.ts';

const folders = ['customers', 'case-studies/long'];
const sized = (path: string, size = 10) => ({ path, file: { size } });
const given = (path: string, ...parts: (string | Uint8Array<ArrayBuffer>)[]): GivenFile => ({
  path,
  file: new File(parts, path.split('/').at(-1) ?? ''),
});

describe('dropped files', () => {
  it.each([
    ['knowledge/customers/acme.md', 'customers/acme.md'],
    ['my notes/a.md', 'a.md'],
    ['a.md', 'a.md'],
    // A folder that says what is in it keeps its name.
    ['customers/acme.md', 'customers/acme.md'],
    ['case-studies/long/a.md', 'case-studies/long/a.md'],
    ['case-studies/a.md', 'a.md'],
    ['customers-old/a.md', 'a.md'],
  ])('are called as the command line calls them: %s', (path, name) => {
    expect(nameInImport(path, folders)).toBe(name);
  });

  it('are sorted: what may be an entry, in order; the others with the reason', () => {
    const sorted = sortFiles(
      [
        ...[sized('k/b.md'), sized('k/a.mdx'), sized('k/categories/metadata.json')],
        ...[sized('k/photo.png'), sized('k/.git/HEAD'), sized('k/.schemas/x.json')],
        ...[sized('k/large.md', maxEntryBytes + 1), sized('k/full.md', maxEntryBytes)],
        ...[sized(`k/${'x'.repeat(1_001)}.md`), sized('list.csv'), sized('list.json')],
      ],
      folders,
    );
    expect(sorted).toMatchObject({
      form: 'texts',
      files: ['a.mdx', 'b.md', 'categories/metadata.json', 'full.md'].map((name) => ({ name })),
    });
    expect('left' in sorted && sorted.left.map(({ why }) => why)).toEqual([
      ...['other', 'hidden', 'hidden', 'tooLarge', 'longName', 'table', 'table'],
    ]);
  });

  it.each([
    [[sized('a.csv', 65 * 1024 * 1024)], 'tooMuch'],
    [Array.from({ length: 50_001 }, (_, at) => sized(`${at}.md`)), 'tooMany'],
    [Array.from({ length: 65 }, (_, at) => sized(`${at}.md`, 1024 * 1024)), 'tooMuch'],
    [[sized('photo.png')], 'nothing'],
    [[], 'nothing'],
  ])('are refused beyond the bounds of one import: %#', (files, why) => {
    expect(sortFiles(files, folders)).toMatchObject({ form: 'refused', why });
  });

  it('are read as they are, with their byte order mark; what is not UTF-8 is left out, and told', async () => {
    const files = [
      given('k/a.md', '\ufeffÄ\r\n'),
      given('k/latin.md', new Uint8Array([0xe4])),
      given('k/note.txt', 'x'),
    ];
    expect(await readGiven(files, folders)).toEqual({
      form: 'texts',
      items: [{ name: 'a.md', content: '\ufeffÄ\r\n' }],
      left: [
        { path: 'k/note.txt', why: 'other' },
        { path: 'k/latin.md', why: 'notUtf8' },
      ],
    });
    const table = await readGiven([given('old.csv', new Uint8Array([0x61, 0xe4]))], folders);
    expect(table).toEqual({ form: 'unreadable', name: 'old.csv', why: 'notUtf8' });
  });
});

describe('the beginning of a table', () => {
  const head = async (name: string, content: string) => {
    const read = await readGiven([given(name, content)], folders);
    return read.form === 'table' ? read.head : read;
  };

  it('has its columns and first rows, as the import reads them', async () => {
    expect(await head('a.csv', '\ufeff Name ;Note\r\nA;"x;\ny"\r\n\r\nB;')).toEqual({
      columns: ['Name', 'Note'],
      rows: [
        { Name: 'A', Note: 'x;\ny' },
        { Name: 'B', Note: '' },
      ],
    });
    expect(await head('a.json', '{"at":"x","rows":[{"a":1},{"b":[2]}]}')).toEqual({
      columns: ['a', 'b'],
      rows: [{ a: 1 }, { b: [2] }],
    });
  });

  it('is all that is looked at, wherever it ends', async () => {
    const long = 'x'.repeat(200_000);
    expect(await head('a.csv', `a,b\n1,${long}\n2,"${long}\n3,"`)).toMatchObject({
      rows: [{ a: '1' }],
    });
    expect(await head('a.json', `[{"a":1},{"b":"${long}"},{"c":"${long}"}]`)).toMatchObject({
      columns: ['a', 'b'],
    });
  });

  it.each([
    ['a.csv', '', 'must name the columns'],
    ['a.csv', 'a,b\n1\n', 'Invalid Record Length'],
    ['a.json', '{', 'JSON'],
    ['a.json', '{"a":1}', 'with one list'],
    ['a.json', '['.repeat(300_000), ''],
  ])('that is none is told: %s %#', async (name, content, said) => {
    expect(await head(name, content)).toMatchObject({
      ...{ form: 'unreadable', why: { said: expect.stringContaining(said) as string } },
    });
  });
});
